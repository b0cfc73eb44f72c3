import assert from 'node:assert/strict';
import { faultPoints } from '../../fault-proxy/faultPoints';
import { faultsOf, launchMatrix } from '../../fault-proxy/launchMatrix';

describe('A click on a bad connection', function () {
  this.timeout(120_000);

  it('makes one run at most, and what became of it is said, wherever the connection fails', async () => {
    const seeds = 10;
    const clicks = await launchMatrix(5000, seeds);
    assert.equal(clicks.length, faultPoints.length * seeds);
    assert.deepEqual(
      clicks.flatMap((click) => (faultsOf(click).length > 0 ? `${click.name}: ${faultsOf(click).join()}` : [])),
      [],
    );
    // A proxy whose faults do not strike, or strike each time, would prove nothing.
    const made = clicks.filter(({ runs }) => runs.some((count) => count > 0));
    assert.ok(made.length > clicks.length / 4 && made.length < clicks.length);
  });
});
