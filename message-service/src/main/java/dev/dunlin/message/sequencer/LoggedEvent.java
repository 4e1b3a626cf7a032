package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.frame.ServerFrame;

/** An event of the log with its frame as clients get it, encoded once for everybody. */
@SuppressWarnings("ArrayRecordComponent") // the hot path; nobody changes or compares it
public record LoggedEvent(ServerFrame.LogEvent event, byte[] frame, LogPosition position) {}
