import fc from 'fast-check';

// To kill a mutant the first case that fails is enough, however large.
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });
