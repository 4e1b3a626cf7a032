package dev.dunlin.message.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.message.cassandra.CassandraOptions;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.security.GeneralSecurityException;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class CassandraTlsTest {
    @Test
    void withoutStoresTheContextIsTheOneOfTheJvmWithTheKeyStoreOfItsSystemProperties() throws GeneralSecurityException {
        CassandraSettings settings = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(Map.of("dunlin.cassandra.tls", "true"), "test", 500))
                .withMapping(CassandraSettings.class)
                .build()
                .getConfigMapping(CassandraSettings.class);

        assertThat(CassandraTls.of(settings.tls())).isEqualTo(new CassandraOptions.Tls(SSLContext.getDefault(), true));
    }
}
