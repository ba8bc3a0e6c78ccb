"""paho-mqtt against the door: one scenario a run, what happened on standard output."""
import argparse
import os
import socket
import ssl
import struct
import sys
import threading

import paho.mqtt.client as mqtt
from paho.mqtt.properties import Properties
from paho.mqtt.packettypes import PacketTypes

arguments = argparse.ArgumentParser()
arguments.add_argument("scenario")
arguments.add_argument("--port", type=int)
arguments.add_argument("--version", type=int, default=4)
arguments.add_argument("--user")
arguments.add_argument("--password")
arguments.add_argument("--topic")
arguments.add_argument("--qos", type=int, default=1)
arguments.add_argument("--count", type=int, default=1)
arguments.add_argument("--ca")
a = arguments.parse_args()
FIVE = a.version == 5


def say(*words):
    # One write a line: two threads speak here.
    sys.stdout.write(" ".join(str(word) for word in words) + "\n")
    sys.stdout.flush()


def client(client_id, clean=True):
    made = mqtt.Client(client_id, protocol=mqtt.MQTTv5) if FIVE else mqtt.Client(client_id, clean_session=clean)
    made.username_pw_set(a.user, a.password)
    if a.ca:
        made.tls_set(ca_certs=a.ca, cert_reqs=ssl.CERT_REQUIRED)
    made.entered = threading.Event()
    made.left = threading.Event()

    def entered(c, _, flags, code, properties=None):
        c.code = code
        c.present = flags["session present"]
        c.entered.set()

    def left(c, _, code, properties=None):
        c.end = code
        c.left.set()

    made.on_connect = entered
    made.on_disconnect = left
    return made


def enter(c, clean=True):
    if FIVE:
        properties = Properties(PacketTypes.CONNECT)
        properties.SessionExpiryInterval = 0 if clean else 3600
        c.connect("localhost", a.port, 30, clean_start=clean, properties=properties)
    else:
        c.connect("localhost", a.port, 30)
    c.loop_start()
    assert c.entered.wait(20), "no CONNACK"
    return c


if a.scenario == "publish":
    c = client("paho")
    c.max_inflight_messages_set(200)
    enter(c)
    sent = [c.publish(a.topic, '{"t":%d,"stage_m":%.3f}' % (1761746400000 + i * 1000, i / 1000), a.qos) for i in range(a.count)]
    for message in sent:
        message.wait_for_publish(30)
    say("acknowledged", sum(message.is_published() for message in sent))
    c.disconnect()
    c.loop_stop()
elif a.scenario == "login":
    c = enter(client("paho"))
    say("code", c.code)
elif a.scenario == "will":
    c = client("paho")
    c.will_set(a.topic, "offline", a.qos, retain=True)
    enter(c)
    c.publish(a.topic, "online", 1).wait_for_publish(20)
    # The line breaks: RST, no DISCONNECT.
    c._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    c._sock.close()
    os._exit(0)
elif a.scenario == "takeover":
    first = enter(client("paho"))
    first.reconnect_delay_set(60, 60)
    second = enter(client("paho"))
    assert first.left.wait(20), "the first was left in"
    say("first ended", first.end)
    second.publish(a.topic, '{"t":1761746400000,"stage_m":2.68}', 1).wait_for_publish(20)
    say("second acknowledged")
    os._exit(0)
elif a.scenario == "command":
    got = threading.Event()
    c = client("paho", clean=False)

    def message(_, __, m):
        say("command", m.qos, m.payload.decode())
        got.set()

    subscribed = threading.Event()
    c.on_message = message
    c.on_subscribe = lambda *_: subscribed.set()
    enter(c, clean=False)
    if not c.present:
        c.subscribe(a.topic, 1)
        assert subscribed.wait(20)
    say("listening", c.present)
    sys.stdin.readline()
    if a.count:
        assert got.wait(20), "no command came"
        # paho acknowledges after the callback: one more round trip, or the DISCONNECT might overtake the PUBACK.
        c.publish(a.topic.replace("/cmd", "/status"), "online", 1).wait_for_publish(20)
    c.disconnect()
    c.loop_stop()
