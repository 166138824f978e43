# Hands a file of events in to leifeng. Run: BASE=https://… PARTNER=… SECRET=whsec_… python3 hand_in.py events.json
import base64, hashlib, hmac, os, sys, time, urllib.error, urllib.request

body = open(sys.argv[1], "rb").read()
key = base64.b64decode(os.environ["SECRET"].removeprefix("whsec_"))
# The same message has the same id on a day: sent again tomorrow, it is looked at anew.
message_id = time.strftime("%Y-%m-%d-", time.gmtime()) + hashlib.sha256(body).hexdigest()

while True:
    timestamp = str(int(time.time()))
    signed = f"{message_id}.{timestamp}.".encode() + body
    signature = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    request = urllib.request.Request(f"{os.environ['BASE']}/inbound/{os.environ['PARTNER']}", body, {
        "content-type": "application/cloudevents-batch+json",
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{signature}",
    })
    try:
        status, text = 200, urllib.request.urlopen(request).read()
    except urllib.error.HTTPError as error:
        status, text = error.code, error.read()
    print(text.decode())
    if status not in (409, 429, 502, 503, 504):
        sys.exit(0 if status == 200 else 1)
    time.sleep(3600 if status == 429 else 5)  # 429: the quota of the day, or too fast.
