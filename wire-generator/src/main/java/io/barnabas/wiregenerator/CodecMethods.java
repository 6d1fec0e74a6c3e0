package io.barnabas.wiregenerator;

import static javax.lang.model.element.Modifier.PUBLIC;
import static javax.lang.model.element.Modifier.STATIC;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Writes the three methods that know the wire format of a struct: {@code read}, {@code write}, {@code sizeInBytes}. */
final class CodecMethods {
    private final ClassName self;
    private final List<FieldCode> fields;
    private final List<FieldCode> tagged;
    private final Versions versions;
    private final Versions flexible;

    /** @param versions those in which the struct occurs; {@code flexible} are some of them */
    CodecMethods(ClassName self, List<FieldCode> fields, Versions versions, Versions flexible) {
        this.self = self;
        this.fields = fields;
        this.tagged = fields.stream()
                .filter(field -> !field.field().tagged().and(versions).isEmpty())
                .sorted(Comparator.comparingInt(field -> field.field().tag()))
                .toList();
        this.versions = versions;
        this.flexible = flexible;
    }

    MethodSpec read() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("read")
                .addModifiers(PUBLIC, STATIC)
                .returns(self)
                .addParameter(Names.READER, "in")
                .addParameter(short.class, "version")
                .addStatement("$1T message = new $1T()", self);
        declareFlexible(method);
        inOrder(
                method,
                field -> CodeBlock.builder()
                        .addStatement("message.$L = $L", field.name(), field.read())
                        .build());
        whereFlexible(method, readTags());
        return method.addStatement("return message").build();
    }

    private CodeBlock readTags() {
        if (tagged.isEmpty()) {
            return CodeBlock.builder()
                    .addStatement("message.unknownTaggedFields = in.readTaggedFields()")
                    .build();
        }
        CodeBlock.Builder code = CodeBlock.builder()
                .addStatement("int tags = in.readTagCount()")
                .beginControlFlow("for (int i = 0; i < tags; i++)")
                .addStatement("int tag = in.readTag()")
                .addStatement("int outerLimit = in.enterTag(tag)");
        for (int i = 0; i < tagged.size(); i++) {
            FieldCode field = tagged.get(i);
            String inVersion = field.field().tagged().and(versions).condition(flexible);
            String test = "tag == " + field.field().tag();
            test = inVersion.equals("true") ? test : test + " && (" + inVersion + ")";
            String start = i == 0 ? "if (" : "else if (";
            if (i == 0) {
                code.beginControlFlow(start + test + ")");
            } else {
                code.nextControlFlow(start + test + ")");
            }
            code.addStatement("message.$L = $L", field.name(), field.read());
        }
        return code.nextControlFlow("else")
                .addStatement("message.unknownTaggedFields = in.readUnknownTag(message.unknownTaggedFields, tag)")
                .endControlFlow()
                .addStatement("in.leaveTag(tag, outerLimit)")
                .endControlFlow()
                .build();
    }

    MethodSpec write() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("write")
                .addAnnotation(Override.class)
                .addModifiers(PUBLIC)
                .addParameter(Names.WRITER, "out")
                .addParameter(short.class, "version");
        declareFlexible(method);
        inOrder(method, FieldCode::write);
        whereFlexible(method, writeTags());
        return method.build();
    }

    private CodeBlock writeTags() {
        if (tagged.isEmpty()) {
            return CodeBlock.builder()
                    .addStatement("out.writeTaggedFields(this.unknownTaggedFields)")
                    .build();
        }
        CodeBlock.Builder code = CodeBlock.builder();
        countTags(code);
        code.addStatement("out.writeUnsignedVarint(tags)").addStatement("int unknown = 0");
        for (FieldCode field : tagged) {
            code.beginControlFlow("if ($L)", travels(field))
                    .addStatement(
                            "unknown = out.writeTagsBelow($L, this.unknownTaggedFields, unknown)",
                            field.field().tag())
                    .addStatement("out.writeUnsignedVarint($L)", field.field().tag())
                    .addStatement("out.writeUnsignedVarint($L)", field.size())
                    .add(field.write())
                    .endControlFlow();
        }
        return code.addStatement("out.writeTagsBelow(Integer.MAX_VALUE, this.unknownTaggedFields, unknown)")
                .build();
    }

    MethodSpec size() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("sizeInBytes")
                .addAnnotation(Override.class)
                .addModifiers(PUBLIC)
                .returns(int.class)
                .addParameter(short.class, "version")
                .addStatement("int size = 0");
        declareFlexible(method);
        inOrder(
                method,
                field -> CodeBlock.builder()
                        .addStatement("size += $L", field.size())
                        .build());
        whereFlexible(method, sizeOfTags());
        return method.addStatement("return size").build();
    }

    private CodeBlock sizeOfTags() {
        if (tagged.isEmpty()) {
            return CodeBlock.builder()
                    .addStatement("size += $T.taggedFields(this.unknownTaggedFields)", Names.SIZES)
                    .build();
        }
        CodeBlock.Builder code = CodeBlock.builder();
        countTags(code);
        for (FieldCode field : tagged) {
            code.beginControlFlow("if ($L)", travels(field))
                    .addStatement(
                            "size += $T.taggedField($L, $L)",
                            Names.SIZES,
                            field.field().tag(),
                            field.size())
                    .endControlFlow();
        }
        return code.addStatement(
                        "size += $1T.unsignedVarint(tags) + $1T.contents(this.unknownTaggedFields)", Names.SIZES)
                .build();
    }

    private void countTags(CodeBlock.Builder code) {
        code.addStatement("int tags = $T.number(this.unknownTaggedFields)", Names.SIZES);
        for (FieldCode field : tagged) {
            code.beginControlFlow("if ($L)", travels(field))
                    .addStatement("tags++")
                    .endControlFlow();
        }
    }

    private CodeBlock travels(FieldCode field) {
        String inVersion = field.field().tagged().and(versions).condition(flexible);
        CodeBlock differs = field.differsFromDefault();
        return switch (inVersion) {
            case "true" -> differs;
            default -> CodeBlock.of("($L) && ($L)", inVersion, differs);
        };
    }

    private void declareFlexible(MethodSpec.Builder method) {
        boolean asked = fields.stream().anyMatch(FieldCode::asksWhetherFlexible);
        if (asked) {
            method.addStatement("boolean flexible = $L", flexible.condition(versions));
        }
    }

    /** One statement a field, under the condition of its versions; neighbours with one condition share it. */
    private void inOrder(MethodSpec.Builder method, Function<FieldCode, CodeBlock> statement) {
        String open = "true";
        for (FieldCode field : fields) {
            Versions here =
                    field.field().versions().minus(field.field().tagged()).and(versions);
            String condition = here.condition(versions);
            if (condition.equals("false")) {
                continue;
            }
            if (!condition.equals(open)) {
                if (!open.equals("true")) {
                    method.endControlFlow();
                }
                if (!condition.equals("true")) {
                    method.beginControlFlow("if ($L)", condition);
                }
                open = condition;
            }
            method.addCode(statement.apply(field));
        }
        if (!open.equals("true")) {
            method.endControlFlow();
        }
    }

    private void whereFlexible(MethodSpec.Builder method, CodeBlock code) {
        switch (flexible.condition(versions)) {
            case "false" -> {}
            case "true" -> method.addCode(code);
            default ->
                method.beginControlFlow("if ($L)", flexible.condition(versions))
                        .addCode(code)
                        .endControlFlow();
        }
    }
}
