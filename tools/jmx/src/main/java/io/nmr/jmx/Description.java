package io.nmr.jmx;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import javax.management.DescriptorKey;

/** What a console shows beside an attribute, an operation or a parameter. Public, for JMX reads it. */
@Target({ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Description {

    /** The sentence; for a parameter its name. */
    @DescriptorKey("io.nmr.description")
    String value();
}
