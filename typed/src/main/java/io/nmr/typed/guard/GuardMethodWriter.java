package io.nmr.typed.guard;

import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.ATHROW;
import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.DOUBLE;
import static org.objectweb.asm.Opcodes.FLOAT;
import static org.objectweb.asm.Opcodes.F_FULL;
import static org.objectweb.asm.Opcodes.IFNONNULL;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INTEGER;
import static org.objectweb.asm.Opcodes.INVOKEINTERFACE;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.LONG;
import static org.objectweb.asm.Opcodes.POP;
import static org.objectweb.asm.Opcodes.SWAP;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/** Writes the body of one method of a guard, with the guard's {@link Tracked} on the stack. */
final class GuardMethodWriter {

    private static final String THROWABLE = "java/lang/Throwable";
    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String RUNNABLE = "java/lang/Runnable";
    private static final String LATE_EXIT = Type.getInternalName(LateExit.class);
    private static final String PROMISE = GuardMethod.PROMISE.replace('.', '/');

    private final MethodVisitor code;
    private final String guard;
    private final String type;
    private final GuardMethod method;
    private final String descriptor;
    private final Type[] parameters;
    private final Type returned;

    GuardMethodWriter(MethodVisitor code, String guard, Class<?> type, GuardMethod method) {
        this.code = code;
        this.guard = guard;
        this.type = Type.getInternalName(type);
        this.method = method;
        this.descriptor = Type.getMethodDescriptor(method.method());
        this.parameters = Type.getArgumentTypes(descriptor);
        this.returned = Type.getReturnType(descriptor);
    }

    void write() {
        code.visitVarInsn(ASTORE, tracked());
        switch (method.ending()) {
            case RETURN -> writeReturn();
            case STAGE -> writeStage("exitWith", "(Ljava/util/concurrent/CompletionStage;)"
                    + "Ljava/util/concurrent/CompletableFuture;");
            case PERHAPS_STAGE -> writeStage("exitWithAny", "(Ljava/lang/Object;)Ljava/lang/Object;");
            case PROMISE -> writePromise();
        }
    }

    private void writeReturn() {
        callTracked("begin", "()" + OBJECT);
        code.visitVarInsn(ASTORE, begun());
        Attempt call = writeCall();
        exitBegun();
        code.visitInsn(returned.getOpcode(IRETURN));

        visit(call.failed, locals("java/lang/Object"), THROWABLE);
        exitBegun();
        code.visitInsn(ATHROW);
    }

    private void writeStage(String exit, String exitDescriptor) {
        Attempt call = writeCallAsync();
        code.visitVarInsn(ALOAD, tracked());
        code.visitInsn(SWAP);
        code.visitMethodInsn(INVOKEINTERFACE, GuardWriter.TRACKED, exit, exitDescriptor, true);
        code.visitTypeInsn(CHECKCAST, returned.getInternalName());
        code.visitInsn(ARETURN);
        writeFailure(call);
    }

    /** A promise needs no copy: its holder can neither resolve nor cancel it. */
    private void writePromise() {
        Attempt call = writeCallAsync();
        code.visitVarInsn(ASTORE, result());
        code.visitVarInsn(ALOAD, result());
        Label promised = new Label();
        code.visitJumpInsn(IFNONNULL, promised);
        callTracked("exit", "()V");
        code.visitInsn(ACONST_NULL);
        code.visitInsn(ARETURN);

        visit(promised, locals(PROMISE));
        callTracked("exitLater", "()L" + LATE_EXIT + ";");
        code.visitVarInsn(ASTORE, lateExit());
        Attempt following = begin();
        code.visitVarInsn(ALOAD, result());
        code.visitVarInsn(ALOAD, lateExit());
        code.visitMethodInsn(INVOKEINTERFACE, PROMISE, "onResolve", "(L" + RUNNABLE + ";)L" + PROMISE + ";", true);
        following.end(code);
        code.visitInsn(POP);
        code.visitVarInsn(ALOAD, result());
        code.visitInsn(ARETURN);

        visit(following.failed, locals(PROMISE, LATE_EXIT), THROWABLE);
        code.visitVarInsn(ALOAD, lateExit());
        code.visitMethodInsn(INVOKEVIRTUAL, LATE_EXIT, "run", "()V", false);
        code.visitInsn(ATHROW);
        writeFailure(call);
    }

    private void exitBegun() {
        code.visitVarInsn(ALOAD, tracked());
        code.visitVarInsn(ALOAD, begun());
        code.visitMethodInsn(INVOKEINTERFACE, GuardWriter.TRACKED, "end", "(" + OBJECT + ")V", true);
    }

    private Attempt writeCallAsync() {
        callTracked("enterAsync", "()V");
        return writeCall();
    }

    /** The verifier accepts any object as an interface, so no cast is needed; the call itself checks the type. */
    private Attempt writeCall() {
        Attempt call = begin();
        callTracked("target", "()" + OBJECT);
        int variable = 1;
        for (Type parameter : parameters) {
            code.visitVarInsn(parameter.getOpcode(ILOAD), variable);
            variable += parameter.getSize();
        }
        code.visitMethodInsn(INVOKEINTERFACE, type, method.method().getName(), descriptor, true);
        call.end(code);
        return call;
    }

    private void writeFailure(Attempt call) {
        visit(call.failed, locals(), THROWABLE);
        callTracked("exit", "()V");
        code.visitInsn(ATHROW);
    }

    private void callTracked(String name, String descriptorOfCall) {
        code.visitVarInsn(ALOAD, tracked());
        code.visitMethodInsn(INVOKEINTERFACE, GuardWriter.TRACKED, name, descriptorOfCall, true);
    }

    private int tracked() {
        return 1 + Arrays.stream(parameters).mapToInt(Type::getSize).sum();
    }

    private int begun() {
        return tracked() + 1;
    }

    private int result() {
        return tracked() + 1;
    }

    private int lateExit() {
        return tracked() + 2;
    }

    private void visit(Label label, List<Object> locals, Object... stack) {
        code.visitLabel(label);
        code.visitFrame(F_FULL, locals.size(), locals.toArray(), stack.length, stack);
    }

    private List<Object> locals(String... more) {
        List<Object> locals = new ArrayList<>(List.of(guard));
        Arrays.stream(parameters).map(GuardMethodWriter::frameType).forEach(locals::add);
        locals.add(GuardWriter.TRACKED);
        locals.addAll(List.of(more));
        return locals;
    }

    private static Object frameType(Type type) {
        return switch (type.getSort()) {
            case Type.LONG -> LONG;
            case Type.DOUBLE -> DOUBLE;
            case Type.FLOAT -> FLOAT;
            case Type.OBJECT, Type.ARRAY -> type.getInternalName();
            default -> INTEGER;
        };
    }

    private Attempt begin() {
        Attempt attempt = new Attempt(new Label(), new Label());
        code.visitLabel(attempt.start);
        return attempt;
    }

    /** Code from {@code start} to {@code end}; {@code failed} handles what it throws. */
    private record Attempt(Label start, Label failed) {

        void end(MethodVisitor code) {
            Label end = new Label();
            code.visitLabel(end);
            code.visitTryCatchBlock(start, end, failed, null);
        }
    }
}
