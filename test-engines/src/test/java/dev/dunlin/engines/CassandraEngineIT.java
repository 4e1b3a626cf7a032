package dev.dunlin.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dunlin.engines.supervise.Ports;
import dev.dunlin.engines.supervise.ProcessRecords;
import dev.dunlin.engines.supervise.RunningProcess;
import dev.dunlin.engines.testing.CassandraTests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassandraEngineIT {
    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void needsJava17() {
        assumeTrue(CassandraTests.canRun());
    }

    @Test
    void whatWasAcknowledgedIsThereAfterAKill() throws Exception {
        CassandraEngine engine = CassandraEngine.prepare(
                Checkout.fromSystemProperty(),
                directory.resolve("cassandra"),
                new Ports(directory.resolve("ports")),
                System.out::println);
        RunningProcess first = start(engine);
        try (Cql cql = new Cql(engine.port())) {
            cql.run("create keyspace kept with replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
            cql.run("create table kept.row (id int primary key, text text)");
            for (int i = 0; i < 1_000; i++) {
                cql.run("insert into kept.row (id, text) values (" + i + ", 'kept')");
            }
        } finally {
            first.kill();
        }

        RunningProcess second = start(engine);
        try (Cql cql = new Cql(engine.port())) {
            assertThat(count(cql)).isEqualTo(1_000);
        } finally {
            second.stop();
        }
    }

    private RunningProcess start(CassandraEngine engine) throws IOException, InterruptedException {
        RunningProcess process = RunningProcess.start(
                engine.spec(directory.resolve("cassandra.log")), new ProcessRecords(directory.resolve("processes")));
        process.awaitReady();
        return process;
    }

    private static int count(Cql cql) throws IOException {
        String rows = new String(cql.run("select id, text from kept.row"), StandardCharsets.ISO_8859_1);
        return rows.split("kept", -1).length - 2; // the first part, and the name of the keyspace is in the answer once
    }
}
