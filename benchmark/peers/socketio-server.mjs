// The Socket.IO peer: one of two nodes that share Redis and PostgreSQL. It stores each message with
// one SQL statement before it acknowledges it, and delivers it through the Redis adapter.
// Environment: PORT, REDIS (a URL), PG (a URL). Prints "ready" when it listens on the loopback address.
import { createServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-adapter';
import pg from 'pg';
import { createClient } from 'redis';
import { Server } from 'socket.io';

const STORE = {
  name: 'store',
  text: `WITH next AS (
      INSERT INTO channel VALUES ($1, 1)
      ON CONFLICT (name) DO UPDATE SET head = channel.head + 1 RETURNING head)
    INSERT INTO message SELECT $1, head, $2, $3 FROM next
    ON CONFLICT (channel, id) DO NOTHING RETURNING seq`,
};

const publisher = createClient({ url: process.env.REDIS });
const subscriber = publisher.duplicate();
await Promise.all([publisher.connect(), subscriber.connect()]);
const database = new pg.Pool({ connectionString: process.env.PG, max: 8 });

const http = createServer();
const io = new Server(http, { adapter: createAdapter(publisher, subscriber), transports: ['websocket'] });

io.on('connection', (socket) => {
  socket.on('join', (channel, joined) => {
    socket.join(channel);
    joined();
  });
  socket.on('publish', async ({ channel, id, data }, stored) => {
    const { rows } = await database.query({ ...STORE, values: [channel, id, data] });
    const seq = Number(rows[0]?.seq);
    io.to(channel).emit('message', { channel, seq, id, data });
    stored({ seq, id });
  });
});

http.listen(Number(process.env.PORT), '127.0.0.1', 4096, () => console.log('ready'));
process.on('SIGTERM', () => process.exit(0));
