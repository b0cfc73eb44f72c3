// Loaded into VS Code's web server before its own code.
const { randomBytes } = require('node:crypto');
const http = require('node:http');
const path = require('node:path');

// Node hands its options on to the processes that the server starts: there is nothing to do in those.
if (path.basename(process.argv[1] ?? '') === 'server-main.js') {
  // The page asks for a key with which it encrypts SecretStorage. Without an answer secrets are lost at every reload.
  const key = randomBytes(32);
  const emit = http.Server.prototype.emit;
  http.Server.prototype.emit = function (event, request, response, ...rest) {
    if (event === 'request' && request.method === 'POST' && request.url.split('?')[0].endsWith('/mint-key')) {
      response.writeHead(200).end(key);
      return true;
    }
    return emit.call(this, event, request, response, ...rest);
  };

  // Whoever started the server holds its standard input open: the server ends with them, however they end.
  process.stdin.on('close', () => process.exit()).resume();
}
