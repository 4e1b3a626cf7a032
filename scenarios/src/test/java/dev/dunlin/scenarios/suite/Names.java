package dev.dunlin.scenarios.suite;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;

/** Names that no other test uses: the suite and its data are shared. */
public record Names(int number) {
    /** A user of this test. */
    public UserId user(String name) {
        return new UserId(name + number);
    }

    /** A group of this test. */
    public ChannelName group(String name) {
        return new ChannelName("group:" + name + number);
    }

    /** An open room of this test. */
    public ChannelName room(String name) {
        return new ChannelName("room:" + name + number);
    }
}
