// Takes the place of @vscode/spdlog in the installed copy of VS Code: the only native module without which the server
// does not start. A module in plain JavaScript needs no compiler and no headers of Node. Logs to files, never rotates.
const fs = require('node:fs');
const path = require('node:path');

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class Logger {
  #file;
  #level = levels.indexOf('info');
  #plain = false;

  constructor(_type, _name, file) {
    this.#file = file;
    levels.forEach((name, level) => {
      this[name] = (message) => this.#write(level, name, message);
    });
  }

  getLevel() {
    return this.#level;
  }

  setLevel(level) {
    this.#level = level;
  }

  clearFormatters() {
    this.#plain = true;
  }

  setPattern() {}
  flush() {}
  drop() {}

  #write(level, name, message) {
    if (level >= this.#level) {
      const text = this.#plain ? message : `${new Date().toISOString()} [${name}] ${message}\n`;
      try {
        fs.appendFileSync(this.#file, text);
      } catch {
        // The data folder may be gone already while the server ends.
      }
    }
  }
}

async function createLogger(name, file) {
  await fs.promises.mkdir(path.dirname(file), { recursive: true });
  return new Logger('rotating', name, file);
}

// One by one: an ES module imports these by name.
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
