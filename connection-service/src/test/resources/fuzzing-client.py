# Runs the fuzzing client of Autobahn's test suite (Python 2, on Jython). Arguments: the WebSocket's address, then patterns of cases.
# Each verdict is printed as soon as it is known, so that a case that hangs costs no other one.
import json
import sys

from autobahntestsuite import fuzzing, wstest

PATIENCE_SECONDS = 10


def verdict(factory, result):
    print "VERDICT " + json.dumps({key: result[key] for key in (
        "id", "behavior", "behaviorClose", "remoteCloseCode", "duration", "result", "resultClose")})
    sys.stdout.flush()


# A case calls an answer missing after half a second or one second, which a busy machine can need.
kill_after = fuzzing.FuzzingProtocol.killAfter
fuzzing.FuzzingProtocol.killAfter = lambda protocol, delay: kill_after(protocol, max(delay, PATIENCE_SECONDS))
fuzzing.FuzzingFactory.logCase = verdict
fuzzing.FuzzingFactory.createReports = lambda factory: None
wstest.start({"mode": "fuzzingclient"}, {
    "options": {"failByDrop": False},
    "servers": [{"agent": "dunlin", "url": sys.argv[1], "options": {"version": 18}}],
    "cases": sys.argv[2:],
})
