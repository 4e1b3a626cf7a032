package dev.dunlin.checker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.InvalidInput;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTableTest {
    @Test
    void eachResultIsARowAndTheLastRowIsTheirSum() throws InvalidInput {
        List<String> table = ResultsTable.of(List.of(
                "{\"seed\":1,\"store\":\"postgres\",\"seconds\":120,\"strikes\":15,\"acked\":900,\"unknown\":2,\"surfaced\":8000,"
                        + "\"resumes\":30,\"longestWithoutAckMs\":1500,\"violations\":{\"holes\":0}}",
                "{\"seed\":2,\"store\":\"cassandra\",\"seconds\":30,\"strikes\":5,\"acked\":100,\"surfaced\":1000,"
                        + "\"violations\":{\"holes\":3}}"));
        assertThat(table).hasSize(5);
        assertThat(table.get(2))
                .isEqualTo(
                        "| 1 | postgres | 2.0 | 15 | 900 | 2 | 8000 | 30 | 1.5 s | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |");
        assertThat(table.getLast())
                .isEqualTo(
                        "| all | | | 20 | 1000 | 2 | 9000 | 30 | | 0 | 0 | 0 | 3 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |");
    }
}
