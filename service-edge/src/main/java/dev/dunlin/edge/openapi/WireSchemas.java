package dev.dunlin.edge.openapi;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.ClassInfo.NestingType;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.RecordComponentInfo;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of one document, made from the suite's records as Jackson writes them. A component
 * that is {@code @Nullable}, there or in the constructor, may be absent. Every other one is
 * required. A sealed interface is one of its records, which the field {@code type} tells apart.
 *
 * <p>A build fails with a message if a type has no schema, or if two have one name.
 */
final class WireSchemas {
    private static final String PREFIX = "#/components/schemas/";
    private static final String SUITE = "dev.dunlin.";
    private static final String SCHEMA = "org.eclipse.microprofile.openapi.annotations.media.Schema";
    private static final DotName NULLABLE = DotName.createSimple("org.jspecify.annotations.Nullable");
    private static final DotName FRAMES = DotName.createSimple("dev.dunlin.protocol.frame.ServerFrame");
    private static final DotName SUBTYPES = DotName.createSimple("com.fasterxml.jackson.annotation.JsonSubTypes");
    private static final DotName PROPERTY = DotName.createSimple("com.fasterxml.jackson.annotation.JsonProperty");

    private final IndexView index;
    private final Map<String, Schema> scanned;
    private final Map<String, Schema> components = new TreeMap<>();
    private final Map<DotName, String> names = new HashMap<>();
    /** The frames by class, in the order of the protocol. */
    private final Map<DotName, String> frameTypes = new LinkedHashMap<>();

    /** {@code scanned}: the framework's components. Those without a record stay as they are. */
    WireSchemas(IndexView index, @Nullable Map<String, Schema> scanned) {
        this.index = index;
        this.scanned = scanned == null ? Map.of() : scanned;
        for (AnnotationInstance type : subtypes()) {
            frameTypes.put(type.value().asClass().name(), type.value("name").asString());
        }
    }

    /** All that the document refers to so far, by name. */
    Map<String, Schema> components() {
        return components;
    }

    /** A reference to the schema of a class. */
    Schema reference(String className) {
        return of(DotName.createSimple(className));
    }

    /** The schema with every reference in it replaced by one to a schema of this object. */
    @Nullable
    Schema rewrite(@Nullable Schema schema) {
        if (schema == null) {
            return null;
        }
        if (schema.getRef() != null) {
            return resolve(schema.getRef().substring(PREFIX.length()));
        }
        if (schema.getItems() != null) {
            schema.setItems(rewrite(schema.getItems()));
        }
        if (schema.getProperties() != null) {
            Map<String, Schema> properties = new LinkedHashMap<>(schema.getProperties());
            properties.replaceAll((name, property) -> rewrite(property));
            schema.setProperties(properties);
        }
        return schema;
    }

    /** The schema of a component that the framework named. */
    private Schema resolve(String name) {
        Schema framework = scanned.get(name);
        Set<String> fields = framework == null || framework.getProperties() == null
                ? Set.of()
                : framework.getProperties().keySet();
        List<DotName> found = Stream.concat(index.getKnownClasses().stream(), Stream.of(requireClass(FRAMES)))
                .filter(one -> one.name().toString().startsWith(SUITE) && one.nestingType() != NestingType.ANONYMOUS)
                .filter(one -> name.replaceFirst("[0-9]+$", "").equals(plainName(one)))
                .filter(one -> isValue(one) || !one.isRecord() || fieldsOf(one).equals(fields))
                .filter(one -> isValue(one)
                        || one.isRecord()
                        || one.isEnum()
                        || frames(one).size() > 1)
                .map(ClassInfo::name)
                .distinct() // the index is composed of several
                .toList();
        if (found.size() > 1) {
            throw new IllegalStateException("OpenAPI: give one of " + found + " a @Schema(name)");
        }
        if (!found.isEmpty()) {
            return of(found.getFirst());
        }
        if (framework == null) {
            throw new IllegalStateException("OpenAPI: there is no type " + name);
        }
        if (!components.containsKey(name)) {
            components.put(name, framework);
            rewrite(framework);
        }
        return ref(name);
    }

    private Schema of(Type type) {
        return switch (type.kind()) {
            case PRIMITIVE -> value(type.name());
            case PARAMETERIZED_TYPE -> {
                List<Type> arguments = type.asParameterizedType().arguments();
                yield arguments.size() == 1
                        ? OASFactory.createSchema().addType(SchemaType.ARRAY).items(of(arguments.getFirst()))
                        : OASFactory.createSchema()
                                .addType(SchemaType.OBJECT)
                                .additionalPropertiesSchema(of(arguments.getLast()));
            }
            default -> of(type.name());
        };
    }

    private Schema of(DotName name) {
        ClassInfo type = index.getClassByName(name);
        if (type == null || !name.toString().startsWith(SUITE)) {
            return value(name);
        }
        String known = names.get(name);
        if (known != null) {
            return ref(known);
        }
        String free = components.containsKey(plainName(type))
                ? plainName(index.getClassByName(type.enclosingClass())) + plainName(type)
                : plainName(type);
        names.put(name, free);
        components.put(free, OASFactory.createSchema()); // taken, while its fields may refer to it
        components.put(free, describe(type));
        return ref(free);
    }

    private Schema describe(ClassInfo type) {
        if (isValue(type)) {
            return value(type.name());
        }
        if (type.isEnum()) {
            return OASFactory.createSchema()
                    .addType(SchemaType.STRING)
                    .enumeration(List.copyOf(type.enumConstants().stream()
                            .map(WireSchemas::constant)
                            .toList()));
        }
        return type.isRecord() ? record(type) : union(type);
    }

    private Schema record(ClassInfo type) {
        Schema schema = OASFactory.createSchema().addType(SchemaType.OBJECT);
        String frame = frameTypes.get(type.name());
        if (frame != null) {
            schema.addProperty(
                    "type", OASFactory.createSchema().addType(SchemaType.STRING).enumeration(List.of(frame)));
            schema.addRequired("type");
        }
        for (RecordComponentInfo field : type.recordComponentsInDeclarationOrder()) {
            schema.addProperty(field.name(), of(field.type()));
            if (!isNullable(field)) {
                schema.addRequired(field.name());
            }
        }
        return schema;
    }

    private Schema union(ClassInfo type) {
        Schema schema = OASFactory.createSchema();
        var discriminator = OASFactory.createDiscriminator().propertyName("type");
        for (DotName frame : frames(type)) {
            Schema one = of(frame);
            schema.addOneOf(one);
            discriminator.addMapping(frameTypes.get(frame), one.getRef());
        }
        return schema.discriminator(discriminator);
    }

    /** The frames that are of a sealed interface. */
    private List<DotName> frames(ClassInfo type) {
        return frameTypes.keySet().stream()
                .filter(frame -> implementsType(requireClass(frame), type.name()))
                .toList();
    }

    private boolean implementsType(ClassInfo one, DotName type) {
        return one.name().equals(type)
                || one.interfaceNames().stream()
                        .filter(name -> name.toString().startsWith(SUITE))
                        .anyMatch(name -> implementsType(requireClass(name), type));
    }

    private AnnotationInstance[] subtypes() {
        return requireClass(FRAMES).declaredAnnotation(SUBTYPES).value().asNestedArray();
    }

    private ClassInfo requireClass(DotName name) {
        ClassInfo found = index.getClassByName(name);
        if (found == null) {
            throw new IllegalStateException("OpenAPI: " + name + " is not in the index");
        }
        return found;
    }

    private static Schema value(DotName name) {
        return WireValues.find(name.toString())
                .orElseThrow(() -> new IllegalStateException("OpenAPI: there is no schema of " + name));
    }

    private static boolean isValue(ClassInfo type) {
        return WireValues.find(type.name().toString()).isPresent();
    }

    private static boolean isNullable(RecordComponentInfo field) {
        return field.type().hasAnnotation(NULLABLE) || hasDefault(field);
    }

    /** Whether the record's constructor accepts null for the field, and puts a default there. */
    private static boolean hasDefault(RecordComponentInfo field) {
        List<RecordComponentInfo> all = field.declaringClass().recordComponentsInDeclarationOrder();
        return field.declaringClass().constructors().stream()
                .map(MethodInfo::parameterTypes)
                .filter(types -> types.size() == all.size())
                .anyMatch(types -> types.get(all.indexOf(field)).hasAnnotation(NULLABLE));
    }

    private static Set<String> fieldsOf(ClassInfo type) {
        return type.recordComponents().stream().map(RecordComponentInfo::name).collect(Collectors.toSet());
    }

    private static Object constant(FieldInfo constant) {
        AnnotationInstance property = constant.annotation(PROPERTY);
        return property == null
                ? constant.name().toLowerCase(Locale.ROOT)
                : property.value().asString();
    }

    private static String plainName(ClassInfo type) {
        AnnotationInstance named = type.declaredAnnotation(DotName.createSimple(SCHEMA));
        return named == null || named.value("name") == null
                ? type.simpleName()
                : named.value("name").asString();
    }

    private static Schema ref(String name) {
        return OASFactory.createSchema().ref(PREFIX + name);
    }
}
