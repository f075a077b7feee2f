import { Command, CommanderError } from 'commander';
import { backupVerb } from './backup.js';
import { clockVerb } from './clock.js';
import { eraseVerb } from './erase.js';
import { EXIT, exitCodeOf } from './exit.js';
import { exportVerb } from './export.js';
import { generateVerb } from './generate.js';
import { importVerb } from './import.js';
import { keysVerb } from './keys.js';
import { parkedVerb } from './parked.js';
import { reloadVerb } from './reload.js';
import { restoreBackupVerb } from './restore-backup.js';
import { restoreVerb } from './restore.js';
import { retentionVerb } from './retention.js';
import { rollVerb } from './roll.js';
import { rulesVerb } from './rules.js';
import { serveVerb } from './serve.js';
import { simulateVerb } from './simulate.js';
import { verifyVerb } from './verify.js';
import { asError } from '../prison/errors.js';

const program = new Command('custody-watch')
  .description('Safety alerts about people in prison: notices when nobody has talked to them.')
  .exitOverride()
  .showHelpAfterError();

const verbs = [
  serveVerb,
  importVerb,
  exportVerb,
  restoreVerb,
  backupVerb,
  restoreBackupVerb,
  generateVerb,
  simulateVerb,
  rulesVerb,
  verifyVerb,
  eraseVerb,
  retentionVerb,
  keysVerb,
  clockVerb,
  parkedVerb,
  rollVerb,
  reloadVerb,
];
for (const verb of verbs) verb(program);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
  } else {
    process.stderr.write(`custody-watch: ${asError(error).message}\n`);
    process.exitCode = exitCodeOf(error);
  }
}
