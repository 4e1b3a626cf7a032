package dev.dunlin.localstack;

import dev.dunlin.engines.EngineAddresses;
import dev.dunlin.engines.Engines;
import dev.dunlin.engines.supervise.Ports;
import dev.dunlin.engines.supervise.Probe;
import dev.dunlin.engines.supervise.ProcessSpec;
import dev.dunlin.engines.supervise.ProcessSpec.StopSignal;
import dev.dunlin.engines.supervise.StackEvents;
import dev.dunlin.engines.supervise.StackException;
import dev.dunlin.engines.tokens.PrivateFile;
import dev.dunlin.engines.tokens.TokenIssuer;
import dev.dunlin.engines.tokens.TokenRequest;
import dev.dunlin.localstack.gateway.GatewayConfig;
import dev.dunlin.localstack.gateway.Role;
import dev.dunlin.localstack.gateway.Upstream;
import dev.dunlin.localstack.services.GatewayProcess;
import dev.dunlin.localstack.services.ServiceConfiguration;
import dev.dunlin.localstack.services.ServiceModule;
import dev.dunlin.localstack.services.VapidKey;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * All processes of one stack, before any of them runs.
 *
 * @param engines kafka, redis, postgres, and cassandra where it is the store
 * @param services message-service, message-service-2, …, presence-service, …, push-service, …,
 *     connection-1, …
 * @param management where each service has {@code /q} and {@code /internal}, by its name
 */
record StackPlan(
        EngineAddresses addresses,
        List<ProcessSpec> engines,
        ProcessSpec gateway,
        List<ProcessSpec> services,
        Map<String, String> management) {
    private static final Duration SERVICE_TOKEN_LIFETIME = Duration.ofDays(30);

    /** Writes what the processes read; unpacks the engines the first time. */
    static StackPlan make(StackOptions options, DataDirectory data, TokenIssuer issuer, StackEvents events)
            throws IOException, InterruptedException {
        Ports ports = new Ports(data.portsFile());
        int gatewayPort = options.port() == 0 ? ports.port("gateway") : free(options.port());
        PrivateFile.write(
                data.serviceTokenFile(),
                issuer.issue(TokenRequest.internal("dunlin", SERVICE_TOKEN_LIFETIME))
                        .value());
        VapidKey.ensure(data.vapidKeyFile());
        Engines engines = Engines.prepare(
                options.checkout(), data.path(), ports, List.of("message", "push"), options.store(), events);

        Map<String, Integer> servicePorts = new TreeMap<>();
        Map<String, Integer> managementPorts = new TreeMap<>();
        for (ServiceModule module : ServiceModule.values()) {
            for (String name : names(module, options)) {
                servicePorts.put(name, ports.port(name));
                managementPorts.put(name, ports.port(name + ".management"));
            }
        }
        GatewayConfig gatewayConfig = new GatewayConfig(
                options.bind(), gatewayPort, data.keyFile(), upstreams(options, servicePorts, managementPorts));
        ServiceConfiguration configuration = new ServiceConfiguration(
                engines.addresses(),
                options.store(),
                GatewayProcess.url(gatewayConfig).replace("localhost", "127.0.0.1") + GatewayConfig.JWKS_PATH,
                data.serviceTokenFile(),
                data.vapidKeyFile(),
                url(managementPorts, ServiceModule.MESSAGE.directory()),
                url(managementPorts, ServiceModule.PRESENCE.directory()));

        List<String> messageServices = names(ServiceModule.MESSAGE, options);
        List<String> presenceServices = names(ServiceModule.PRESENCE, options);
        List<ProcessSpec> services = new ArrayList<>();
        for (ServiceModule module : ServiceModule.values()) {
            List<String> names = names(module, options);
            for (String name : names) {
                // A service takes one URL only: each copy of the one that it asks gets a share.
                String messageService = share(messageServices, names.indexOf(name));
                String presenceService = share(presenceServices, names.indexOf(name));
                Map<String, String> properties = configuration
                        .withMessageServiceUrl(url(managementPorts, messageService))
                        .withPresenceServiceUrl(url(managementPorts, presenceService))
                        .of(module, name, port(servicePorts, name), port(managementPorts, name));
                if (name.equals(module.directory()) || name.equals("connection-1")) {
                    writeDevFile(data.devFile(module.directory()), properties);
                }
                Probe ready = Probe.http(URI.create(url(managementPorts, name) + "/q/health/ready"));
                List<String> command = module.command(
                        options.checkout(),
                        options.nativeImages(),
                        options.recordsStarts() && name.equals(names.getFirst()));
                services.add(service(options, data, module, name, command, properties, url(servicePorts, name), ready));
            }
        }
        ProcessSpec gateway =
                GatewayProcess.spec(options.checkout(), gatewayConfig, data.gatewayFile(), data.log("gateway"));
        Map<String, String> management = new TreeMap<>();
        managementPorts.keySet().forEach(name -> management.put(name, url(managementPorts, name)));
        return new StackPlan(engines.addresses(), engines.specs(), gateway, services, management);
    }

    private static String share(List<String> copies, int index) {
        return copies.get(index % copies.size());
    }

    private static ProcessSpec service(
            StackOptions options,
            DataDirectory data,
            ServiceModule module,
            String name,
            List<String> command,
            Map<String, String> properties,
            String url,
            Probe ready) {
        Map<String, String> environment = new HashMap<>(ServiceConfiguration.asEnvironment(properties));
        environment.putAll(options.environment().getOrDefault(module.directory(), Map.of()));
        environment.putAll(options.environment().getOrDefault(name, Map.of()));
        return new ProcessSpec(
                name,
                module.directory(),
                command,
                environment,
                options.checkout().root(),
                url,
                data.log(name),
                ready,
                Duration.ofSeconds(90),
                StopSignal.TERM);
    }

    private static List<String> names(ServiceModule module, StackOptions options) {
        return switch (module) {
            case CONNECTION ->
                IntStream.rangeClosed(1, options.nodes())
                        .mapToObj(n -> "connection-" + n)
                        .toList();
            case MESSAGE -> copies(module, options.messageServices());
            case PRESENCE -> copies(module, options.presenceServices());
            case PUSH -> copies(module, options.pushServices());
        };
    }

    private static List<String> copies(ServiceModule module, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> n == 1 ? module.directory() : module.directory() + "-" + n)
                .toList();
    }

    private static Map<Role, List<Upstream>> upstreams(
            StackOptions options, Map<String, Integer> ports, Map<String, Integer> management) {
        Function<ServiceModule, List<Upstream>> processes = module -> names(module, options).stream()
                .map(name -> new Upstream("127.0.0.1", port(ports, name), port(management, name)))
                .toList();
        return Map.of(
                Role.CONNECTION, processes.apply(ServiceModule.CONNECTION),
                Role.MESSAGE, processes.apply(ServiceModule.MESSAGE),
                Role.PRESENCE, processes.apply(ServiceModule.PRESENCE),
                Role.PUSH, processes.apply(ServiceModule.PUSH));
    }

    private static String url(Map<String, Integer> ports, String name) {
        return "http://127.0.0.1:" + port(ports, name);
    }

    private static int port(Map<String, Integer> ports, String name) {
        return ports.getOrDefault(name, 0);
    }

    private static int free(int port) {
        if (!Ports.isFree(port)) {
            throw new StackException(
                    "Port " + port + " is taken by another program: end that one, or choose another port with --port");
        }
        return port;
    }

    private static void writeDevFile(Path file, Map<String, String> properties) throws IOException {
        Properties text = new Properties();
        text.putAll(properties);
        StringWriter writer = new StringWriter();
        text.store(writer, "The settings of this service in the running local stack; dev mode takes it from here.");
        PrivateFile.write(file, writer.toString());
    }
}
