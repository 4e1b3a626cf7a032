package dev.dunlin.engines;

/**
 * Where the engines listen, all on the loopback address.
 *
 * @param cassandraPort 0 if it is not among them
 * @param password of the one user of PostgreSQL, {@link #USER}
 */
public record EngineAddresses(int kafkaPort, int redisPort, int postgresPort, int cassandraPort, String password) {
    /** The owner of every database. */
    public static final String USER = "dunlin";

    public String kafkaBootstrapServers() {
        return "127.0.0.1:" + kafkaPort;
    }

    public String redisUri() {
        return "redis://127.0.0.1:" + redisPort;
    }

    /** As {@code host:port}. */
    public String cassandraContactPoint() {
        return "127.0.0.1:" + cassandraPort;
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + postgresPort + "/" + database;
    }

    @Override
    public String toString() {
        return "kafka %d, redis %d, postgres %d, cassandra %d"
                .formatted(kafkaPort, redisPort, postgresPort, cassandraPort);
    }
}
