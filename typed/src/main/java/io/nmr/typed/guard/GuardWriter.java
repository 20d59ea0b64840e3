package io.nmr.typed.guard;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_SUPER;
import static org.objectweb.asm.Opcodes.ACC_SYNTHETIC;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.INVOKEINTERFACE;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.PUTFIELD;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.V17;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * Writes the class of a guard. A method {@code R m(A a)} becomes
 *
 * <pre>{@code
 * Tracked tracked = this.tracked;
 * Object begun = tracked.begin();
 * try {
 *     return ((I) tracked.target()).m(a);
 * } finally {
 *     tracked.end(begun);
 * }
 * }</pre>
 *
 * <p>The class names its interface, {@link Tracked} and types of the JDK. It names the types of parameters and results only
 * in descriptors, so it links without loading them.
 */
final class GuardWriter {

    static final String TRACKED = Type.getInternalName(Tracked.class);

    private static final String TRACKED_TYPE = Type.getDescriptor(Tracked.class);
    private static final String OBJECT = "java/lang/Object";
    private static final String TO_STRING = "()Ljava/lang/String;";

    private final String name;
    private final Class<?> type;

    /** Does not compute frames: that would load classes to find common superclasses. */
    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);

    GuardWriter(String name, Class<?> type) {
        this.name = name.replace('.', '/');
        this.type = type;
    }

    byte[] write() {
        writer.visit(
                V17, ACC_PUBLIC | ACC_FINAL | ACC_SUPER | ACC_SYNTHETIC, name, null, OBJECT,
                new String[] {Type.getInternalName(type)});
        writer.visitSource("generated", null);
        writer.visitField(ACC_PRIVATE | ACC_FINAL, "tracked", TRACKED_TYPE, null, null).visitEnd();
        writeConstructor();
        writeToString();
        GuardMethod.of(type).forEach(this::writeMethod);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private void writeConstructor() {
        MethodVisitor code = begin("<init>", "(" + TRACKED_TYPE + ")V");
        code.visitVarInsn(ALOAD, 0);
        code.visitMethodInsn(INVOKESPECIAL, OBJECT, "<init>", "()V", false);
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ALOAD, 1);
        code.visitFieldInsn(PUTFIELD, name, "tracked", TRACKED_TYPE);
        code.visitInsn(RETURN);
        end(code);
    }

    private void writeToString() {
        MethodVisitor code = begin("toString", TO_STRING);
        loadTracked(code);
        code.visitMethodInsn(INVOKEINTERFACE, TRACKED, "toString", TO_STRING, true);
        code.visitInsn(ARETURN);
        end(code);
    }

    private void writeMethod(GuardMethod method) {
        MethodVisitor code = begin(method.method().getName(), Type.getMethodDescriptor(method.method()));
        loadTracked(code);
        new GuardMethodWriter(code, name, type, method).write();
        end(code);
    }

    private MethodVisitor begin(String method, String descriptor) {
        MethodVisitor code = writer.visitMethod(ACC_PUBLIC, method, descriptor, null, null);
        code.visitCode();
        return code;
    }

    private void loadTracked(MethodVisitor code) {
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, name, "tracked", TRACKED_TYPE);
    }

    private static void end(MethodVisitor code) {
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
