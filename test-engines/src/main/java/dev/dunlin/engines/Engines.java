package dev.dunlin.engines;

import dev.dunlin.engines.supervise.Ports;
import dev.dunlin.engines.supervise.ProcessSpec;
import dev.dunlin.engines.supervise.StackEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The engines over one data directory, ready to be started in any order.
 *
 * @param specs kafka, redis and postgres, and cassandra where it is the store
 */
public record Engines(EngineAddresses addresses, List<ProcessSpec> specs) {
    public Engines {
        specs = List.copyOf(specs);
    }

    /**
     * Unpacks what has to be unpacked and makes the directories; takes seconds the first time, and
     * with Cassandra a download.
     *
     * @param data keeps the engines' data and their logs
     * @param databases to be there when PostgreSQL is ready
     * @param events hears of what takes long
     */
    public static Engines prepare(
            Checkout checkout, Path data, Ports ports, List<String> databases, Store store, StackEvents events)
            throws IOException, InterruptedException {
        return prepare(checkout, data, ports, databases, store, null, events);
    }

    /**
     * Kafka, Redis and PostgreSQL that accept only TLS connections with a password, at
     * {@code localhost}.
     */
    public static Engines secured(
            Checkout checkout,
            Path data,
            Ports ports,
            List<String> databases,
            EngineSecurity security,
            StackEvents events)
            throws IOException, InterruptedException {
        return prepare(checkout, data, ports, databases, Store.POSTGRES, security, events);
    }

    private static Engines prepare(
            Checkout checkout,
            Path data,
            Ports ports,
            List<String> databases,
            Store store,
            @Nullable EngineSecurity security,
            StackEvents events)
            throws IOException, InterruptedException {
        Path logs = data.resolve("logs");
        KafkaEngine kafka = new KafkaEngine(
                checkout, data.resolve("kafka"), ports.port("kafka"), ports.port("kafka-controller"), security);
        RedisEngine redis = new RedisEngine(
                RedisBinary.unpack(checkout.binaries()), data.resolve("redis"), ports.port("redis"), security);
        PostgresEngine postgres = PostgresEngine.prepare(
                PostgresBinaries.unpack(checkout.binaries()),
                data.resolve("postgres"),
                ports.port("postgres"),
                databases,
                security);
        List<ProcessSpec> specs = new ArrayList<>(List.of(
                kafka.spec(logs.resolve("kafka.log")),
                redis.spec(logs.resolve("redis.log")),
                postgres.spec(logs.resolve("postgres.log"))));
        int cassandraPort = 0;
        if (store == Store.CASSANDRA) {
            CassandraEngine cassandra = CassandraEngine.prepare(checkout, data.resolve("cassandra"), ports, events);
            specs.add(cassandra.spec(logs.resolve("cassandra.log")));
            cassandraPort = cassandra.port();
        }
        return new Engines(
                new EngineAddresses(kafka.port(), redis.port(), postgres.port(), cassandraPort, postgres.password()),
                specs);
    }

    /**
     * Cassandra alone, over the same data directory; its URL is its contact point. Fetches its jars
     * the first time.
     */
    public static ProcessSpec cassandra(Checkout checkout, Path data, Ports ports, StackEvents events)
            throws IOException, InterruptedException {
        return CassandraEngine.prepare(checkout, data.resolve("cassandra"), ports, events)
                .spec(data.resolve("logs/cassandra.log"));
    }

    /** A Cassandra that accepts only TLS connections with a client certificate and a password. */
    public static ProcessSpec securedCassandra(
            Checkout checkout, Path data, Ports ports, EngineSecurity security, StackEvents events)
            throws IOException, InterruptedException {
        return CassandraEngine.prepare(checkout, data.resolve("cassandra"), ports, events)
                .secured(security)
                .spec(data.resolve("logs/cassandra.log"));
    }
}
