package dev.dunlin.push.decision;

import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.kafka.ChannelEvent;

/** An event of a channel, under the trace id of what caused it. */
public record Heard(ChannelEvent event, TraceId trace) {}
