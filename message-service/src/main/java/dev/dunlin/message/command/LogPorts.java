package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.Sequencer;
import dev.dunlin.protocol.ChannelName;
import java.util.function.Predicate;

/**
 * What the steps of {@link CommandProcessor} work with.
 *
 * @param streamed the channels whose events go to the event stream
 */
public record LogPorts(
        Sequencer sequencer,
        ChannelLog log,
        Bus bus,
        EventStream events,
        Predicate<ChannelName> streamed,
        BatchObserver observer,
        Retry retry) {}
