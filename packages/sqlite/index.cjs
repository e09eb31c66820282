const [line = ''] = process.versions.node.split('.');

// Version 12 aborts the process on Node 24.19 and later; version 13 crashes on Node 20 (docs/adr/0022-sqlite-by-node.md).
module.exports = require(Number(line) < 22 ? 'better-sqlite3' : 'better-sqlite3-13');
