#!/usr/bin/env python3
"""A receiver of FederationConsole's events. Python 3.8 or newer, nothing to install.

    WEBHOOK_SECRET=the-secret python3 receiver.py 9100

While a secret is being changed, give both: WEBHOOK_SECRET=new,old
Prints one line for each event that is genuine and new. Answers 204 then, and also for one that it has seen before;
401 for a wrong or stale signature. Anything but 2xx is sent again, for a day and a half.
"""
import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRETS = [secret.encode() for secret in os.environ.get("WEBHOOK_SECRET", "").split(",") if secret]
TOLERANCE = 300  # seconds that a signature is good for
LONGEST = 1024 * 1024  # bytes of a body
seen = set()  # a real receiver keeps this in its database, with what the event changed there


def is_genuine(header, body):
    """X-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256(secret, t + "." + body)>, over the bytes as they came."""
    parts = dict(part.split("=", 1) for part in header.split(",") if "=" in part)
    sent, signature = parts.get("t", ""), parts.get("v1", "")
    if not (sent.isascii() and sent.isdigit() and abs(time.time() - int(sent)) <= TOLERANCE):
        return False
    signed = sent.encode() + b"." + body
    good = [hmac.new(secret, signed, hashlib.sha256).hexdigest() for secret in SECRETS]
    return any([hmac.compare_digest(each.encode(), signature.encode()) for each in good])


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers.get("Content-Length", "0"))
        if length > LONGEST:
            return self.answer(413)
        body = self.rfile.read(length)
        if not is_genuine(self.headers.get("X-Signature", ""), body):
            return self.answer(401)
        event = json.loads(body)
        if event["id"] not in seen:  # at least once: the same event may come twice
            seen.add(event["id"])
            print(event["type"], event["id"], event["user_id"], json.dumps(event["data"]), flush=True)
        self.answer(204)  # answer first, work later: after five seconds it counts as failed

    def answer(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    if not SECRETS:
        sys.exit("WEBHOOK_SECRET is not set.")
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 9100), Receiver)
    print("listening on", server.server_address[1], flush=True)
    server.serve_forever()
