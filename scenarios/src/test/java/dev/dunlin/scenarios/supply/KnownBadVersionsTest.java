package dev.dunlin.scenarios.supply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.scenarios.supply.BillOfMaterials.Component;
import dev.dunlin.scenarios.supply.KnownBadVersions.Advisory;
import dev.dunlin.scenarios.supply.KnownBadVersions.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list is complete, and its ranges work. */
class KnownBadVersionsTest {
    private final KnownBadVersions list = KnownBadVersions.read();

    @ParameterizedTest
    @CsvSource({
        "4.1.131.Final, true",
        "4.1.132.Final, false",
        "4.1.138.Final, false",
        "4.1.99.Final, true",
        "4.1.9, true",
        "4.1.132.CR1, true",
        "4.2.0.Final, true",
        "4.2.9.Final, true",
        "4.2.10.Final, false",
        "5.0.0, false"
    })
    void versionsAreComparedAsMavenDoes(String version, boolean affected) {
        Advisory advisory = new Advisory("CVE-2000-1", "g", "a", "(,4.1.132),[4.2.0,4.2.10)", "4.1.132", "");
        assertThat(advisory.affects(version)).isEqualTo(affected);
    }

    @Test
    void everyAdvisorySaysWhatWhereAndSinceWhen() {
        assertThat(list.advisories()).isNotEmpty().allSatisfy(advisory -> {
            assertThat(advisory.id()).matches("CVE-\\d{4}-\\d{4,}|GHSA(-[0-9a-z]{4}){3}");
            assertThat(advisory.affects(advisory.fixed()))
                    .as("%s affects the version that fixes it", advisory.id())
                    .isFalse();
            assertThat(advisory.why()).isNotBlank();
        });
        assertThat(list.accepted())
                .allSatisfy(accepted -> assertThat(accepted.why()).isNotBlank());
    }

    @Test
    void theListKnowsTheFaultsForWhichTheProjectMoved() {
        BillOfMaterials old = new BillOfMaterials(
                "old",
                List.of(
                        new Component("io.netty", "netty-codec-http2", "4.1.131.Final"),
                        new Component("org.apache.kafka", "kafka-clients", "4.1.1")));
        assertThat(list.findings(List.of(old)).stream().map(Finding::advisory).map(Advisory::id))
                .containsExactlyInAnyOrder("CVE-2026-33871", "CVE-2026-35554");
    }
}
