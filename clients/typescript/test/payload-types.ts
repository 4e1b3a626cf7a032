import type { Channel, ChannelEvent, DunlinClient, Ephemeral } from "@dunlin/client";

// Compiled and never run: what a payload may be, and what an event of a typed channel holds.

interface Move {
  x: number;
  y: number;
  note?: string;
}

export async function compiles(client: DunlinClient, move: Move): Promise<void> {
  const plain = client.channel("room:board");
  await plain.publish(move);
  await plain.publish([move, move], { replyTo: 1 });
  await plain.publish("text");
  await plain.publish({ at: 1, moves: [move] });
  await client.publish({ channel: "room:board", data: move });
  await client.edit("room:board", 1, move);
  await client.rest.publish("room:board", { id: "1", data: move });
  client.signal("room:board", move);

  // @ts-expect-error JSON has no functions.
  await plain.publish({ x: 1, run: () => 1 });
  // @ts-expect-error JSON has no bigint.
  await plain.publish(1n);
  // @ts-expect-error Nor undefined.
  await plain.publish(undefined);
  // @ts-expect-error A Map becomes {}.
  await client.publish({ channel: "room:board", data: new Map([["x", 1]]) });

  const board: Channel<Move> = client.channel<Move>("room:board");
  await board.publish(move);
  await board.edit(1, { x: 1, y: 2 });
  // @ts-expect-error No y.
  await board.publish({ x: 1 });
  // @ts-expect-error Another type.
  await board.publish({ x: "1", y: 2 });

  board.subscribe({ event: (event) => heard(event), ephemeral: (frame) => passed(frame) });
  for await (const { data } of board.history()) console.log(data?.x.toFixed());
}

function heard(event: ChannelEvent<Move>): number | undefined {
  switch (event.type) {
    case "message":
    case "edited":
      // @ts-expect-error Move has no z.
      console.log(event.data?.z);
      return event.data?.x;
    case "reacted":
      return event.emoji.length;
    case "deleted":
      // @ts-expect-error A deletion has no data.
      console.log(event.data);
      return event.target;
    case "member_joined":
    case "member_left":
      return event.user.length;
  }
}

function passed(frame: Ephemeral<Move>): number {
  switch (frame.type) {
    case "signal":
      return frame.data.y;
    case "read":
    case "received":
      return frame.seq;
    case "typing":
      return frame.from.length;
  }
}
