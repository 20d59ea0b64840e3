/**
 * What the engine is given from outside: an executor, a clock, and those who are told what happens. It depends on nothing
 * of the engine.
 */
package io.nmr.engine.spi;
