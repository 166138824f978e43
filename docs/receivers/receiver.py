# A receiver of leifeng's webhooks. Run: SECRET=whsec_… PORT=8080 python3 receiver.py
import base64, hashlib, hmac, json, os, time
from http.server import BaseHTTPRequestHandler, HTTPServer

key = base64.b64decode(os.environ["SECRET"].removeprefix("whsec_"))
seen = set()  # Keep the ids of a week in your database instead.


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        header = lambda name: self.headers.get(f"webhook-{name}", "")
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        signed = f"{header('id')}.{header('timestamp')}.".encode() + body
        expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        is_signed = any(hmac.compare_digest(one.encode(), expected.encode()) for one in header("signature").split(" "))
        is_recent = header("timestamp").isdigit() and abs(time.time() - int(header("timestamp"))) < 300
        if is_signed and is_recent and header("id") not in seen:
            print(json.loads(body)["type"], flush=True)  # Your work: quick, or queued.
            seen.add(header("id"))
        self.send_response(204 if is_signed and is_recent else 401)
        self.end_headers()


HTTPServer(("127.0.0.1", int(os.environ.get("PORT", 8080))), Receiver).serve_forever()
