import Mocha from 'mocha';
import { noteCounts } from './counts';

/** Mocha's usual output; notes the counts for `npm test`. Mocha loads a reporter as what its module exports. */
class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      noteCounts({ passed: this.stats.passes, failed: this.stats.failures, skipped: this.stats.pending });
    });
  }
}

export = CountingReporter;
