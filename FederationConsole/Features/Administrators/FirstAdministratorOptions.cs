using Microsoft.Extensions.Options;

namespace FederationConsole.Features.Administrators;

/// <summary>The first administrator by settings: <c>Admin__Email</c> and <c>Admin__Password</c> (project-file.md). They make one, they never change one.</summary>
public sealed class FirstAdministratorOptions
{
    public const string Section = "Admin";

    public string? Email { get; set; }

    public string? Password { get; set; }

    public bool IsSet => !string.IsNullOrEmpty(Email);
}

internal sealed class FirstAdministratorRules : IValidateOptions<FirstAdministratorOptions>
{
    // The messages name the key and what is allowed, never what was given: they go to the log.
    public ValidateOptionsResult Validate(string? name, FirstAdministratorOptions options)
    {
        var problems = (string.IsNullOrEmpty(options.Email), string.IsNullOrEmpty(options.Password)) switch
        {
            (true, true) => [],
            (true, false) => ["Admin:Email must be set where Admin:Password is."],
            (false, true) => ["Admin:Password must be set where Admin:Email is."],
            _ => (string[])
            [
                .. Passwords.CheckEmail("", options.Email) is null ? (string[])[] : ["Admin:Email is not an e-mail address."],
                .. Passwords.Check("", options.Password) is null ? (string[])[] : [$"Admin:Password must have {Passwords.MinLength} to {Passwords.MaxLength} characters, four different ones at least."],
            ],
        };
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
