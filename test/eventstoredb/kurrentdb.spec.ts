/**
 * All that the store is held to on an event server, by the client of KurrentDB: also against the server at EVENTSTORE_URL,
 * where there is one.
 */
process.env['EVENTSTORE_CLIENT'] = 'kurrentdb';

await import('../contract/eventstoredb-event-store.spec.js');
await import('../contract/key-rings.spec.js');
await import('./appending-in-trouble.spec.js');
await import('./subscribing-in-trouble.spec.js');
await import('./secured.spec.js');
await import('./shared-key-ring.spec.js');
await import('./truncating.spec.js');
