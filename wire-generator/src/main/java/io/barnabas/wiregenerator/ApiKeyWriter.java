package io.barnabas.wiregenerator;

import static com.palantir.javapoet.MethodSpec.methodBuilder;
import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PUBLIC;
import static javax.lang.model.element.Modifier.STATIC;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import java.util.function.Function;

/** Writes {@code ApiKey}, the table of all requests: which versions, which header, which classes. */
final class ApiKeyWriter {
    private final List<Api> apis;

    ApiKeyWriter(List<Api> apis) {
        this.apis = apis;
    }

    JavaFile file() {
        TypeSpec.Builder type = TypeSpec.enumBuilder(Names.API_KEY)
                .addModifiers(PUBLIC)
                .addJavadoc("The requests of the protocol, with every version that a client may send.\n")
                .addJavadoc("Generated; the ordinal of a constant is its number on the wire.\n");
        for (Api api : apis) {
            Versions flexible = api.request().flexible();
            type.addEnumConstant(
                    api.constantName(),
                    TypeSpec.anonymousClassBuilder(
                                    "$S, $L, $L, $L, $L",
                                    api.request().apiName(),
                                    api.request().valid().lowest(),
                                    api.request().valid().highest(),
                                    api.stable().highest(),
                                    flexible.isEmpty() ? "Short.MAX_VALUE" : flexible.lowest())
                            .build());
        }
        type.addField(
                com.palantir.javapoet.FieldSpec.builder(ArrayTypeName.of(Names.API_KEY), "ALL", PRIVATE, STATIC, FINAL)
                        .initializer("values()")
                        .build());
        addState(type);
        addLookups(type);
        addHeaders(type);
        type.addMethod(decoder("readRequest", "The request that {@code in} stands at the start of.", Api::request));
        type.addMethod(decoder("readResponse", "The response that {@code in} stands at the start of.", Api::response));
        type.addMethod(MethodSpec.methodBuilder("check")
                .addModifiers(PRIVATE)
                .addParameter(short.class, "version")
                .beginControlFlow("if (!supports(version))")
                .addStatement("throw new $T(this + $S + version)", IllegalArgumentException.class, " has no version ")
                .endControlFlow()
                .build());
        return JavaFile.builder(Names.WIRE, type.build())
                .indent("    ")
                .skipJavaLangImports(true)
                .build();
    }

    private static void addState(TypeSpec.Builder type) {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder().addParameter(String.class, "apiName");
        constructor.addStatement("this.apiName = apiName");
        type.addField(String.class, "apiName", PRIVATE, FINAL);
        type.addMethod(methodBuilder("apiName")
                .addModifiers(PUBLIC)
                .returns(String.class)
                .addJavadoc("As messages of this API are called, {@code JoinGroup}.\n")
                .addStatement("return apiName")
                .build());
        String[][] numbers = {
            {"lowestVersion", "The first version of any release, however old."},
            {"highestVersion", "The last version, which its publisher may still call unstable."},
            {"highestStableVersion", "The last version whose bytes are promised."},
            {"flexibleFrom", "From here on lengths are compact and structs carry tagged fields; above all where never."}
        };
        for (String[] number : numbers) {
            constructor.addParameter(int.class, number[0]).addStatement("this.$1L = (short) $1L", number[0]);
            type.addField(short.class, number[0], PRIVATE, FINAL);
            type.addMethod(methodBuilder(number[0])
                    .addModifiers(PUBLIC)
                    .returns(short.class)
                    .addJavadoc("$L\n", number[1])
                    .addStatement("return $L", number[0])
                    .build());
        }
        type.addMethod(constructor.build());
    }

    private static void addLookups(TypeSpec.Builder type) {
        type.addMethod(methodBuilder("of")
                .addModifiers(PUBLIC, STATIC)
                .returns(Names.API_KEY)
                .addParameter(short.class, "id")
                .addJavadoc("Null when the number is unknown.\n")
                .addStatement("return id >= 0 && id < ALL.length ? ALL[id] : null")
                .build());
        type.addMethod(methodBuilder("id")
                .addModifiers(PUBLIC)
                .returns(short.class)
                .addJavadoc("The number on the wire.\n")
                .addStatement("return (short) ordinal()")
                .build());
        type.addMethod(methodBuilder("supports")
                .addModifiers(PUBLIC)
                .returns(boolean.class)
                .addParameter(short.class, "version")
                .addJavadoc(
                        "Whether messages of this version can be read and written; not whether a broker serves it.\n")
                .addStatement("return version >= lowestVersion && version <= highestVersion")
                .build());
    }

    private static void addHeaders(TypeSpec.Builder type) {
        type.addMethod(methodBuilder("isFlexible")
                .addModifiers(PUBLIC)
                .returns(boolean.class)
                .addParameter(short.class, "version")
                .addJavadoc("Whether lengths are compact and structs carry tagged fields.\n")
                .addStatement("return version >= flexibleFrom")
                .build());
        type.addMethod(methodBuilder("requestHeaderVersion")
                .addModifiers(PUBLIC)
                .returns(short.class)
                .addParameter(short.class, "version")
                .addJavadoc("0 has no client id and opens one version of one request only; 2 adds tagged fields.\n")
                .beginControlFlow("if (this == CONTROLLED_SHUTDOWN && version == 0)")
                .addStatement("return 0")
                .endControlFlow()
                .addStatement("return (short) (isFlexible(version) ? 2 : 1)")
                .build());
        type.addMethod(methodBuilder("responseHeaderVersion")
                .addModifiers(PUBLIC)
                .returns(short.class)
                .addParameter(short.class, "version")
                .addJavadoc(
                        "1 adds tagged fields. ApiVersions always answers with 0: its client may not know more yet.\n")
                .addStatement("return (short) (this != API_VERSIONS && isFlexible(version) ? 1 : 0)")
                .build());
    }

    private MethodSpec decoder(String name, String about, Function<Api, Schema> which) {
        CodeBlock.Builder cases =
                CodeBlock.builder().add("return switch (this) {\n").indent();
        for (Api api : apis) {
            ClassName message = ClassName.get(Names.MESSAGES, which.apply(api).name());
            cases.add("case $L -> $T.read(in, version);\n", api.constantName(), message);
        }
        return methodBuilder(name)
                .addModifiers(PUBLIC)
                .returns((TypeName) Names.API_MESSAGE)
                .addParameter(Names.READER, "in")
                .addParameter(short.class, "version")
                .addJavadoc("$L A version that does not exist is the caller's mistake.\n", about)
                .addStatement("check(version)")
                .addStatement(
                        "in.describe(apiName, $S, version)", name.substring(4).toLowerCase(java.util.Locale.ROOT))
                .addCode(cases.unindent().add("};\n").build())
                .build();
    }
}
