/** The example of the pages, compiled with the tests and quoted by the pages. */
@NullMarked
package dev.dunlin.client.example;

import org.jspecify.annotations.NullMarked;
