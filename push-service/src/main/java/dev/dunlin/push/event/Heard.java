package dev.dunlin.push.event;

import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.kafka.ChannelEvent;

/** An event of a channel, and the trace id of the call that caused it. */
public record Heard(ChannelEvent event, TraceId trace) {}
