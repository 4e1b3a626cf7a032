/** By REST: publishing and paging. */
@NullMarked
package dev.dunlin.checker.transport.rest;

import org.jspecify.annotations.NullMarked;
