package dev.dunlin.engines.testing.server;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dunlin.engines.Databases;
import dev.dunlin.engines.EngineAddresses;
import dev.dunlin.engines.tokens.PrivateFile;
import dev.dunlin.engines.tokens.SigningKey;
import dev.dunlin.engines.tokens.TokenIssuer;
import dev.dunlin.engines.tokens.TokenRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executors;

/**
 * What tests ask of the engines' process: the JWKS, tokens, fresh databases. Only on the loopback
 * address.
 */
final class SharedEnginesServer {
    private static final String JWKS = "/.well-known/jwks.json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<Map<String, Object>>> GRANTS = new TypeReference<>() {};

    private final HttpServer server;
    private final EngineAddresses engines;
    private final Path serviceToken;

    private SharedEnginesServer(HttpServer server, EngineAddresses engines, Path serviceToken) {
        this.server = server;
        this.engines = engines;
        this.serviceToken = serviceToken;
    }

    static SharedEnginesServer start(EngineAddresses engines, CassandraOnDemand cassandra, Path data, Clock clock)
            throws IOException {
        SigningKey key = SigningKey.generate();
        TokenIssuer issuer = new TokenIssuer(key, clock);
        TokenIssuer foreign = new TokenIssuer(SigningKey.generate(), clock);
        Databases databases = new Databases(engines);
        Path serviceToken = data.resolve("service-token");
        PrivateFile.write(
                serviceToken,
                issuer.issue(TokenRequest.internal("tests", Duration.ofDays(1))).value());

        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(JWKS, exchange -> answer(exchange, 200, key.jwks()));
        server.createContext("/tokens", exchange -> {
            Map<String, String> query = query(exchange);
            TokenIssuer chosen = query.containsKey("key") ? foreign : issuer;
            answer(exchange, 200, chosen.issue(request(query, exchange)).value());
        });
        server.createContext("/signed", exchange -> {
            String claims = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            answer(exchange, 200, issuer.sign(query(exchange).getOrDefault("typ", ""), claims));
        });
        server.createContext("/databases", exchange -> {
            databases.recreate(query(exchange).getOrDefault("name", ""));
            answer(exchange, 200, "");
        });
        server.createContext("/cassandra", exchange -> answer(exchange, 200, cassandra.contactPoint()));
        server.start();
        return new SharedEnginesServer(server, engines, serviceToken);
    }

    Properties addresses() {
        String control = "http://127.0.0.1:" + server.getAddress().getPort();
        Properties addresses = new Properties();
        addresses.setProperty("audience", TokenIssuer.AUDIENCE);
        addresses.putAll(Map.of(
                "control", control,
                "jwks", control + JWKS,
                "issuer", TokenIssuer.ISSUER,
                "service-token.file", serviceToken.toString(),
                "kafka", engines.kafkaBootstrapServers(),
                "redis", engines.redisUri(),
                "postgres", engines.jdbcUrl(""),
                "postgres.user", EngineAddresses.USER,
                "postgres.password", engines.password()));
        return addresses;
    }

    private static TokenRequest request(Map<String, String> query, HttpExchange exchange) throws IOException {
        byte[] grants = exchange.getRequestBody().readAllBytes();
        String scope = query.getOrDefault("scope", "");
        return new TokenRequest(
                query.getOrDefault("sub", ""),
                Duration.parse(query.getOrDefault("ttl", "PT1H")),
                scope.isEmpty() ? List.of() : List.of(scope),
                grants.length == 0 ? List.of() : JSON.readValue(grants, GRANTS));
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : exchange.getRequestURI().getRawQuery().split("&", -1)) {
            String[] nameAndValue = pair.split("=", 2);
            parameters.put(nameAndValue[0], URLDecoder.decode(nameAndValue[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
