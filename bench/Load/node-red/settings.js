// Node-RED as it comes, on loopback, without asking anybody for news.
module.exports = {
  flowFile: 'flows.json',
  credentialSecret: false,
  uiHost: '127.0.0.1',
  uiPort: Number(process.env.BENCH_PORT),
  contextStorage: { default: { module: process.env.BENCH_CONTEXT } },
  telemetry: { enabled: false, updateNotification: false },
  editorTheme: { tours: false },
  logging: { console: { level: 'info', metrics: false, audit: false } },
}
