from html.parser import HTMLParser

from claimgraph.web.report import report


class _Collector(HTMLParser):
    def __init__(self):
        super().__init__()
        self.ids, self.targets, self.loaded = set(), set(), []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if "id" in found:
            self.ids.add(found["id"])
        if tag == "a" and found.get("href", "").startswith("#"):
            self.targets.add(found["href"][1:])
        if tag in ("script", "link", "img", "iframe"):
            self.loaded.append(tag)


def test_report_stands_alone_and_every_anchor_leads_somewhere(sample):
    text = report(sample)
    found = _Collector()
    found.feed(text)
    assert found.loaded == []
    assert found.targets <= found.ids
    assert "<style>" in text
    assert "The ministry said" in text
