package io.barnabas.wiregenerator;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PUBLIC;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes the class of one struct: its fields, its accessors and what every object of Java has. */
final class StructWriter {
    private static final TypeName TAGGED_FIELDS =
            ParameterizedTypeName.get(ClassName.get(List.class), Names.TAGGED_FIELD);

    private final Struct struct;
    private final ClassName self;
    private final boolean hasTags;
    private final List<FieldCode> fields;
    private final CodecMethods codec;

    StructWriter(MessageWriter message, Struct struct, ClassName self, Versions versions) {
        this.struct = struct;
        this.self = self;
        Versions flexible = message.schema().flexible().and(versions);
        this.hasTags = !flexible.isEmpty();
        this.fields = struct.fields().stream()
                .filter(field -> !field.versions().and(versions).isEmpty())
                .map(field -> new FieldCode(
                        field, versions, message.structName(field.type().element())))
                .toList();
        this.codec = new CodecMethods(self, fields, versions, flexible);
    }

    TypeSpec.Builder type() {
        TypeSpec.Builder type = TypeSpec.classBuilder(struct.name()).addModifiers(PUBLIC, FINAL);
        fields.forEach(field -> type.addField(field(field)));
        if (hasTags) {
            type.addField(TAGGED_FIELDS, "unknownTaggedFields", PRIVATE);
        }
        type.addMethod(codec.read());
        type.addMethod(codec.write());
        type.addMethod(codec.size());
        fields.forEach(field -> type.addMethod(getter(field)).addMethod(setter(field)));
        if (hasTags) {
            addUnknownTags(type);
        }
        return type.addMethod(equality()).addMethod(hash()).addMethod(text());
    }

    private static FieldSpec field(FieldCode field) {
        FieldSpec.Builder spec = FieldSpec.builder(field.javaType(), field.name(), PRIVATE);
        CodeBlock initial = field.initialValue();
        return initial == null ? spec.build() : spec.initializer(initial).build();
    }

    private static MethodSpec getter(FieldCode field) {
        MethodSpec.Builder method =
                MethodSpec.methodBuilder(field.name()).addModifiers(PUBLIC).returns(field.javaType());
        Field described = field.field();
        if (described.about() != null) {
            method.addJavadoc("$L\n", described.about());
        }
        method.addJavadoc("Versions $L", described.versions());
        if (!described.nullable().isEmpty()) {
            method.addJavadoc(", may be null in $L", described.nullable());
        }
        method.addJavadoc(".\n");
        if (field.isMadeOnDemand()) {
            method.beginControlFlow("if (this.$L == null)", field.name())
                    .addStatement("this.$L = new $T()", field.name(), field.javaType())
                    .endControlFlow();
        } else if (described.type().isList()) {
            TypeName element =
                    ((ParameterizedTypeName) field.javaType()).typeArguments().get(0);
            method.beginControlFlow("if (this.$L == $T.<$T>emptyList())", field.name(), Collections.class, element)
                    .addStatement("this.$L = new $T<>(0)", field.name(), ArrayList.class)
                    .endControlFlow();
        }
        return method.addStatement("return this.$L", field.name()).build();
    }

    private MethodSpec setter(FieldCode field) {
        return MethodSpec.methodBuilder(field.name())
                .addModifiers(PUBLIC)
                .returns(self)
                .addParameter(field.javaType(), field.name())
                .addStatement("this.$1L = $1L", field.name())
                .addStatement("return this")
                .build();
    }

    private void addUnknownTags(TypeSpec.Builder type) {
        type.addMethod(MethodSpec.methodBuilder("unknownTaggedFields")
                .addModifiers(PUBLIC)
                .returns(TAGGED_FIELDS)
                .addJavadoc("Tagged fields of later versions, kept as they came.\n")
                .addStatement(
                        "return this.unknownTaggedFields == null ? $T.of() : this.unknownTaggedFields", List.class)
                .build());
        type.addMethod(MethodSpec.methodBuilder("unknownTaggedFields")
                .addModifiers(PUBLIC)
                .returns(self)
                .addParameter(TAGGED_FIELDS, "unknownTaggedFields")
                .addStatement("this.unknownTaggedFields = unknownTaggedFields.isEmpty() ? null : unknownTaggedFields")
                .addStatement("return this")
                .build());
    }

    private MethodSpec equality() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("equals")
                .addAnnotation(Override.class)
                .addModifiers(PUBLIC)
                .returns(boolean.class)
                .addParameter(Object.class, "other");
        List<CodeBlock> all = new ArrayList<>();
        fields.forEach(field -> all.add(field.equality()));
        if (hasTags) {
            all.add(CodeBlock.of("unknownTaggedFields().equals(that.unknownTaggedFields())"));
        }
        if (all.isEmpty()) {
            return method.addStatement("return other instanceof $T", self).build();
        }
        return method.beginControlFlow("if (!(other instanceof $T that))", self)
                .addStatement("return false")
                .endControlFlow()
                .addStatement("return $L", CodeBlock.join(all, "\n&& "))
                .build();
    }

    private MethodSpec hash() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("hashCode")
                .addAnnotation(Override.class)
                .addModifiers(PUBLIC)
                .returns(int.class)
                .addStatement("int hash = $L", hasTags ? "unknownTaggedFields().hashCode()" : "0");
        fields.forEach(field -> method.addStatement("hash = 31 * hash + $L", field.hash()));
        return method.addStatement("return hash").build();
    }

    private MethodSpec text() {
        CodeBlock.Builder text = CodeBlock.builder().add("$S", struct.name() + "(");
        String separator = "";
        for (FieldCode field : fields) {
            text.add("\n+ $S + $L", separator + field.name() + "=", field.text());
            separator = ", ";
        }
        return MethodSpec.methodBuilder("toString")
                .addAnnotation(Override.class)
                .addModifiers(PUBLIC)
                .returns(String.class)
                .addStatement("return $L + $S", text.build(), ")")
                .build();
    }
}
