package dev.dunlin.message.config;

import dev.dunlin.message.channel.ChannelDirectory;
import dev.dunlin.message.channel.Channels;
import dev.dunlin.message.namespace.Namespaces;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Wires what reads the log. */
final class Readers {
    @Produces
    @Singleton
    Channels channels(Namespaces namespaces, ChannelDirectory directory) {
        return new Channels(namespaces, directory);
    }
}
