package dev.dunlin.message.cassandra;

/**
 * Table {@code lease}: who may do the work that one process does at a time. Written by lightweight
 * transactions, every few seconds and not for messages.
 */
final class LeaseTable {
    static final Table DEFINITION = new Table("lease", "name text primary key, holder text");

    private static final String ACQUIRE =
            "insert into $.lease (name, holder) values ('upkeep', ?) if not exists using ttl 60";
    private static final String RELEASE = "delete from $.lease where name = 'upkeep' if holder = ?";

    private final Cql cql;

    LeaseTable(Cql cql) {
        this.cql = cql;
    }

    boolean tryAcquire(String holder) {
        // The driver may have sent it twice: then the first one stands.
        return cql.first(cql.bind(ACQUIRE, holder))
                .map(row -> row.getBoolean("[applied]") || holder.equals(row.getString("holder")))
                .orElse(true);
    }

    void release(String holder) {
        cql.execute(cql.bind(RELEASE, holder));
    }
}
