import { median } from './median.js';

/**
 * Milliseconds of each round, ours and the peer's; which of them goes first alternates. One more round, the first, warms
 * up and does not count.
 */
export async function inTurns(rounds, ours, peer) {
  const timings = [];
  for (let round = 0; round <= rounds; round += 1) {
    const first = round % 2 ? await timed(peer) : undefined;
    const mine = await timed(ours);
    timings.push({ ours: mine, peer: first ?? (await timed(peer)) });
  }
  return timings.slice(1);
}

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** A row of the table: so many events a second, beside the peer's. @param count of events in a round */
export function eventsRow(figure, count, timings, peerName, target) {
  const perSecond = (times) => Math.round((count / median(times)) * 1000).toLocaleString('en-GB');
  return {
    figure,
    value: `${perSecond(timings.map(({ ours }) => ours))} events/s`,
    peer: `${peerName}: ${perSecond(timings.map(({ peer }) => peer))}/s`,
    ratio: median(timings.map(({ ours, peer }) => peer / ours)),
    target,
  };
}
