// The second thread of an audit: takes targets until none is left, and sends what becomes of each.
import { parentPort, workerData } from 'node:worker_threads';

import { Examiner } from './examine.ts';
import { sent, type WorkerData } from './message.ts';

const { targets, options, next } = workerData as WorkerData;
const examiner = new Examiner(options);
for (;;) {
  const index = Atomics.add(next, 0, 1);
  const target = targets[index];
  if (!target) break;
  try {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
    parentPort?.postMessage(sent(index, { examined: await examiner.examine(target) }));
  } catch (error) {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
    parentPort?.postMessage(sent(index, { error }));
  }
}
