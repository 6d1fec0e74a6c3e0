package io.barnabas.wiregenerator;

import static javax.lang.model.element.Modifier.PUBLIC;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** Writes the class of one message, with the structs it names nested in it. */
final class MessageWriter {
    private final Schema schema;
    private final ClassName self;
    private final Map<String, Versions> structVersions = new LinkedHashMap<>();

    MessageWriter(Schema schema) {
        this.schema = schema;
        this.self = ClassName.get(Names.MESSAGES, schema.name());
        visit(schema.body(), schema.valid(), 0);
    }

    /** Learns in which versions each struct occurs. Schemas do not nest without end, which bounds decoding's depth too. */
    private void visit(Struct struct, Versions versions, int depth) {
        if (depth > 10) {
            throw new IllegalStateException(schema.name() + ": " + struct.name() + " contains itself");
        }
        for (Field field : struct.fields()) {
            Versions known = field.versions().and(versions);
            if (field.type().elementIsStruct() && !known.isEmpty()) {
                Struct element = schema.structs().get(field.type().element());
                structVersions.merge(element.name(), known, Versions::or);
                visit(element, known, depth + 1);
            }
        }
    }

    JavaFile file() {
        TypeSpec.Builder type = new StructWriter(this, schema.body(), self, schema.valid())
                .type()
                .addSuperinterface(schema.isApi() ? Names.API_MESSAGE : Names.MESSAGE)
                .addJavadoc("$L, versions $L. Generated.\n", schema.name(), schema.valid());
        type.addField(version("LOWEST_VERSION", schema.valid().lowest()));
        type.addField(version("HIGHEST_VERSION", schema.valid().highest()));
        if (schema.isApi()) {
            type.addMethod(MethodSpec.methodBuilder("apiKey")
                    .addAnnotation(Override.class)
                    .addModifiers(PUBLIC)
                    .returns(Names.API_KEY)
                    .addStatement("return $T.$L", Names.API_KEY, new Api(schema, schema).constantName())
                    .build());
        }
        structVersions.forEach((name, versions) -> {
            Struct struct = schema.structs().get(name);
            type.addType(new StructWriter(this, struct, structName(name), versions)
                    .type()
                    .addModifiers(Modifier.STATIC)
                    .addSuperinterface(Names.MESSAGE)
                    .addMethods(new ListMethods(structName(name)).all())
                    .addField(FieldSpec.builder(structName(name), "UNSET", Modifier.STATIC, Modifier.FINAL)
                            .initializer("new $T()", structName(name))
                            .build())
                    .addField(FieldSpec.builder(int.class, "LEAST_BYTES", Modifier.STATIC, Modifier.FINAL)
                            .initializer("$L", leastBytes(struct, versions))
                            .build())
                    .addJavadoc("Versions $L.\n", versions)
                    .build());
        });
        return JavaFile.builder(Names.MESSAGES, type.build())
                .indent("    ")
                .skipJavaLangImports(true)
                .build();
    }

    Schema schema() {
        return schema;
    }

    ClassName structName(String struct) {
        return self.nestedClass(struct);
    }

    private static FieldSpec version(String name, int version) {
        return FieldSpec.builder(short.class, name, PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .initializer("$L", version)
                .build();
    }

    /** No encoding of the struct is shorter; array lengths are checked against it. */
    private int leastBytes(Struct struct, Versions versions) {
        int least = Integer.MAX_VALUE;
        for (int version = versions.lowest(); version <= versions.highest(); version++) {
            if (versions.contains(version)) {
                least = Math.min(least, leastBytes(struct, version));
            }
        }
        if (least < 1) {
            throw new IllegalStateException(schema.name() + ": " + struct.name() + " may be of no bytes at all");
        }
        return least;
    }

    private int leastBytes(Struct struct, int version) {
        int bytes = schema.flexible().contains(version) ? 1 : 0;
        for (Field field : struct.fields()) {
            if (field.versions().contains(version) && !field.tagged().contains(version)) {
                bytes += leastBytes(field, version);
            }
        }
        return bytes;
    }

    private int leastBytes(Field field, int version) {
        if (field.type().isStruct()) {
            Struct struct = schema.structs().get(field.type().element());
            return field.nullable().contains(version) ? 1 : leastBytes(struct, version);
        }
        if (!field.type().isArray() && field.type().fixedElementBytes() > 0) {
            return field.type().fixedElementBytes();
        }
        return field.flexible().contains(version) ? 1 : field.type().is("string") ? 2 : 4;
    }
}
