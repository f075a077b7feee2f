import { ProtocolServer } from './protocol-server.js';

/** Plays an event server in a process of its own, until that is ended; the first line it says is the server's address. */
const { url } = await ProtocolServer.start();
process.stdout.write(`${url}\n`);
