package dev.dunlin.message.store;

/** The engines that there is an adapter for. */
public enum StoreKind {
    POSTGRES,
    CASSANDRA
}
