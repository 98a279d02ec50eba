"""Servers that mean harm, or are broken: each costs one named failure, never the run, never what is private."""

import gzip
import socket
import subprocess
import threading
import time
from ipaddress import ip_address

import pytest
from serving import STORY, page, redirect

from claimgraph.fetching import Outcome
from claimgraph.fetching.addresses import is_public


def failed(fetched):
    (one,) = fetched
    assert one.outcome is Outcome.FAILED
    return one.problem


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::808:808", True),
        ("10.1.2.3", False),
        ("127.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104
        ("169.254.169.254", False),
        ("100.100.100.200", False),
        ("168.63.129.16", False),
        ("192.168.1.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fd00:ec2::254", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_public_addresses(address, public):
    assert is_public(ip_address(address)) is public


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_private_address_is_refused_however_it_is_written(site, get, host):
    site.answers["/a"] = page()
    problem = failed(get(f"{site.url.replace('127.0.0.1', host)}/a", allowed=()))
    assert "no public address" in problem or "not known" in problem or "not an address" in problem
    assert site.asked == []


def test_redirect_to_a_private_address_is_refused(site, get):
    other = site.url.replace("127.0.0.1", "127.0.0.2")
    site.answers["/a"] = redirect(f"{other}/metadata")
    problem = failed(get(f"{site.url}/a"))
    assert "127.0.0.2" in problem
    assert "no public address" in problem
    assert "/metadata" not in site.asked


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://127.0.0.1/a", "gopher://127.0.0.1/", "javascript:alert(1)"]
)
def test_redirect_to_what_is_no_page_is_refused(site, get, to):
    site.answers["/a"] = redirect(to)
    assert "only those are fetched" in failed(get(f"{site.url}/a"))


def test_name_that_resolves_anew_to_a_private_address_gains_nothing(site, get, monkeypatch):
    """The name server says the allowed address first and another one ever after; both times only once each."""
    real, asked = socket.getaddrinfo, []

    def rebinding(host, port, *args, **kwargs):
        if host != "rebind.example":
            return real(host, port, *args, **kwargs)
        asked.append(host)
        # once for robots.txt, once for the page
        return real("127.0.0.1" if len(asked) <= 2 else "127.0.0.2", port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    site.answers["/a"] = page()
    port = site.url.rpartition(":")[2]
    (done,) = get(f"http://rebind.example:{port}/a")
    assert done.outcome is Outcome.NEW
    assert site.headers[-1]["host"] == f"rebind.example:{port}"
    assert len(asked) == 2
    assert "127.0.0.2" in failed(get(f"http://rebind.example:{port}/a"))


def test_one_private_address_among_public_ones_is_enough_to_refuse(site, get, monkeypatch):
    def both(host, port, *_, **__):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in ("127.0.0.1", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    assert "10.0.0.1" in failed(get("http://mixed.example/a"))


def test_circle_of_redirects_ends(site, get):
    site.answers |= {"/a": redirect("/b"), "/b": redirect("/a")}
    assert "redirects" in failed(get(f"{site.url}/a"))


def endless(request):
    request.send_response(200)
    request.send_header("Content-Type", "text/html")
    request.end_headers()
    while True:
        request.wfile.write(b"<p>1" * 10_000)


def slow_body(request):
    request.send_response(200)
    request.send_header("Content-Type", "text/html")
    request.end_headers()
    while True:
        request.wfile.write(b"<")
        request.wfile.flush()
        time.sleep(0.1)


def slow_headers(request):
    request.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
    slow_rest(request)


def slow_rest(request):
    while True:
        request.wfile.write(b"a")
        request.wfile.flush()
        time.sleep(0.1)


def bomb(request):
    data = gzip.compress(b"<p>" * 3_000_000)
    request.send_response(200)
    request.send_header("Content-Type", "text/html")
    request.send_header("Content-Encoding", "gzip")
    request.send_header("Content-Length", str(len(data)))
    request.end_headers()
    request.wfile.write(data)


def cut_short(request):
    request.send_response(200)
    request.send_header("Content-Length", "5000")
    request.end_headers()
    request.wfile.write(STORY.encode())


def no_http(request):
    request.wfile.write(b"\x00\x01 nonsense\r\n\r\n")


def brotli(request):
    page(STORY, Content_Encoding="br")(request)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (endless, "larger than 1 MB"),
        (slow_body, "took longer than 1 seconds"),
        (slow_headers, "took longer than 1 seconds"),
        (bomb, "larger than 1 MB"),
        (cut_short, "no whole answer"),
        (no_http, "no whole answer"),
        (brotli, "sent as br"),
        (page("%PDF-1.7 ...", "application/pdf"), "neither a page nor a feed (application/pdf)"),
        (page('{"a": 1}', "application/json"), "neither a page nor a feed"),
        (page("", status=304), "was not asked"),
        (page("", status=204), "answers 204"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_harmful_answer_is_one_named_failure(site, get, tmp_path, answer, said):
    site.answers["/a"] = answer
    began = time.monotonic()
    assert said in failed(get(f"{site.url}/a", seconds=1, page_bytes=1 << 20, tries=1))
    assert time.monotonic() - began < 5
    assert [p for p in (tmp_path / "news").rglob("*") if not p.name.startswith(".claimgraph-fetch")] == []


def test_odd_headers_do_no_harm(site, get):
    site.answers["/a"] = page(ETag='"\x1b[31m"', Content_Language="en\x00")
    (done,) = get(f"{site.url}/a")
    assert done.outcome is Outcome.NEW


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("file:///etc/passwd", "only those are fetched"),
        ("http://user:secret@a.example/", "carries a name or password"),
        ("http://", "only those are fetched"),
        ("nonsense", "only those are fetched"),
        ("http://a.example:99999/", "not an address"),
        ("http://a.example/\x1b[31m", "not an address"),
        ("http://a.example/\r\nX: y", "not an address"),
        ("http://[::1", "not an address"),
        ("http://a.example/" + "x" * 10_000, "not an address"),
    ],
    ids=["file", "password", "empty", "word", "port", "escape", "header", "bracket", "long"],
)
def test_what_is_no_address_of_a_page_is_refused(get, url, said):
    assert said in failed(get(url))


def test_endless_feed_is_looked_at_from_its_top(site, get):
    links = "".join(f"<item><link>/{n}</link></item>" for n in range(5_000))
    site.answers["/feed"] = page(f"<rss><channel>{links}</channel></rss>", "text/xml")
    done = get(f"{site.url}/feed", entries=3, tries=1)
    assert len(done) == 4


def test_rules_made_to_be_slow_are_not(site, get):
    site.answers["/robots.txt"] = page(f"User-agent: *\nDisallow: /{'*a' * 40}*b\n" * 1_000, "text/plain")
    site.answers[f"/{'a' * 2_000}"] = page()
    began = time.monotonic()
    get(f"{site.url}/{'a' * 2_000}")
    assert time.monotonic() - began < 3


@pytest.fixture
def secure(tmp_path):
    """A TLS server for the name `norrby.example`; gives its port and its certificate."""
    import ssl

    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=norrby.example"]
    try:
        made = subprocess.run(
            [*command, "-addext", "subjectAltName=DNS:norrby.example"], capture_output=True, check=False
        )
    except FileNotFoundError:
        pytest.skip("needs the command openssl")
    if made.returncode:
        pytest.skip("needs openssl 1.1.1 or later")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                plain, _ = listening.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(plain, server_side=True) as stream:
                    stream.recv(10_000)
                    stream.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + STORY.encode())
            except OSError:
                plain.close()

    thread = threading.Thread(target=serve)
    thread.start()
    yield listening.getsockname()[1], cert
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join()


@pytest.mark.parametrize(
    ("name", "trusted", "outcome"),
    [("norrby.example", True, "new"), ("other.example", True, "failed"), ("norrby.example", False, "failed")],
    ids=["right name", "another's certificate", "unknown authority"],
)
def test_certificate_is_checked_for_the_name_although_the_address_is_connected_to(
    secure, get, monkeypatch, name, trusted, outcome
):
    port, cert = secure
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *rest, **more: real(host.replace(name, "127.0.0.1"), *rest, **more)
    )
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    (done,) = get(f"https://{name}:{port}/a", tries=1)
    assert done.outcome == outcome
    assert outcome == "new" or "CERTIFICATE_VERIFY_FAILED" in done.problem
