/** The endings of graphql-js messages that name the schema alone, and so may be shown. */
const harmlessEndings = [
  /(Field "\w+" of required type "[\w![\]]+" was not provided\.)$/,
  /(Field "\w+" is not defined by type "\w+"\.)(?: Did you mean [^"]*"\w+".*\?)?$/,
  /(Expected value of type "[\w![\]]+"), found /,
  /(Expected non-nullable type "[\w![\]]+" not to be null\.)$/,
];

/**
 * A message of graphql-js without the value that it found fault with: it may be a password or a code.
 * Messages about the document's own words (fields, arguments, types) stay as they are.
 */
export function withoutValues(message: string): string {
  const variable = /^Variable "(\$\w+)"/.exec(message)?.[1];
  if (
    variable === undefined &&
    !/cannot represent|, found |Syntax Error|does not exist in|must be/.test(message)
  )
    return message;
  if (message.startsWith('Syntax Error')) return 'The document does not parse as GraphQL.';
  const reason = harmlessEndings.map((ending) => ending.exec(message)?.[1]).find(Boolean);
  const subject = variable === undefined ? 'A value in the document' : `The variable ${variable}`;
  return `${subject} is not what the schema asks for.${reason ? ` ${reason.replace(/\.?$/, '.')}` : ''}`;
}
