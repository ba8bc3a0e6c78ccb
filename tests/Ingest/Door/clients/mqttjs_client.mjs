// npm's mqtt against the door: one scenario a run, what happened on standard output.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import mqtt from 'mqtt';

const { values: a, positionals: [scenario] } = parseArgs({
  allowPositionals: true,
  options: Object.fromEntries(['port', 'version', 'user', 'password', 'topic', 'qos', 'count', 'ca'].map(name => [name, { type: 'string' }])),
});
const qos = Number(a.qos ?? 1);
const options = {
  protocolVersion: Number(a.version ?? 4), username: a.user, password: a.password, clientId: 'mqttjs', reconnectPeriod: 0,
  ...(a.ca ? { ca: readFileSync(a.ca) } : {}),
  ...(scenario === 'will' ? { will: { topic: a.topic, payload: 'offline', qos, retain: true } } : {}),
};
const url = `${a.ca ? 'mqtts' : 'mqtt'}://localhost:${a.port}`;
const say = (...words) => console.log(...words);
const code = error => `${error.code ?? error.message}`;

let client;
try {
  client = await mqtt.connectAsync(url, options, false);
} catch (error) {
  say('refused', code(error));
  process.exit(0);
}
switch (scenario) {
  case 'publish': {
    const sent = Array.from({ length: Number(a.count) }, (_, i) =>
      client.publishAsync(a.topic, JSON.stringify({ t: 1761746400000 + i * 1000, stage_m: i / 1000 }), { qos }));
    await Promise.all(sent);
    say('acknowledged', sent.length);
    break;
  }
  case 'foreign':
    try {
      await client.publishAsync(a.topic, '{}', { qos });
      say('taken');
    } catch (error) {
      say('refused', code(error));
    }
    break;
  case 'will':
    await client.publishAsync(a.topic, 'online', { qos: 1 });
    client.stream.destroy();
    process.exit(0);
    break;
  case 'takeover': {
    const ended = new Promise(done => {
      client.on('disconnect', packet => done(packet.reasonCode));
      client.on('close', () => done('closed'));
    });
    client = await mqtt.connectAsync(url, options, false);
    say('first ended', await ended);
    await client.publishAsync(a.topic, '{"t":1761746400000,"stage_m":2.68}', { qos: 1 });
    say('second acknowledged');
    break;
  }
  case 'subscribe': {
    const grants = await client.subscribeAsync(a.topic, { qos }).catch(error => [{ qos: code(error) }]);
    say('granted', grants.map(grant => grant.qos).join());
    if (a.count)
      client.on('message', (topic, payload, packet) => {
        say('message', packet.qos, topic, payload.toString());
        client.endAsync().then(() => process.exit(0));
      });
    else
      break;
  }
}
if (!(scenario === 'subscribe' && a.count)) {
  await client.endAsync();
  process.exit(0);
}
