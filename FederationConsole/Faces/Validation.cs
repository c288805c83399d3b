using System.Buffers;
using System.Text.Json;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces;

/// <summary>What the faces' validators have in common. Messages are FluentValidation's own, in Chinese or English.</summary>
public static class Validation
{
    public const string MissingCode = "missing";

    /// <summary>All that <see cref="char.IsControl(char)"/> names; every text of every call is searched for them.</summary>
    private static readonly SearchValues<char> ControlCharacters = SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(char.IsControl)]);

    /// <summary>Before the first validator is made: each keeps the names that it was made with.</summary>
    internal static void Prepare()
    {
        // Messages name the field as the wire does.
        ValidatorOptions.Global.DisplayNameResolver = (_, member, _) => member is null ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name);
        ValidatorOptions.Global.PropertyNameResolver = ValidatorOptions.Global.DisplayNameResolver;
        ValidatorOptions.Global.DefaultRuleLevelCascadeMode = CascadeMode.Stop;
    }

    /// <summary>What is missing is told before what is wrong (faces.md, order of checks).</summary>
    public static Fault? Check<T>(IValidator<T> validator, T request)
    {
        var result = validator.Validate(request);
        if (result.IsValid)
        {
            return null;
        }

        var failure = result.Errors.Find(e => e.ErrorCode == MissingCode);
        return failure is not null
            ? new Fault(FaultKind.Missing, failure.PropertyName, failure.ErrorMessage)
            : new Fault(FaultKind.Invalid, result.Errors[0].PropertyName, result.Errors[0].ErrorMessage);
    }

    public static IRuleBuilderOptions<T, TProperty> Required<T, TProperty>(this IRuleBuilder<T, TProperty> rule) => rule.NotEmpty().WithErrorCode(MissingCode);

    /// <summary>At most so many characters, and none that a database or a log chokes on.</summary>
    public static IRuleBuilderOptions<T, string?> Text<T>(this IRuleBuilder<T, string?> rule, int maxLength) => rule
        .MaximumLength(maxLength)
        .Must(text => !text.AsSpan().ContainsAny(ControlCharacters)).WithMessage(_ => FaceTexts.ControlCharacters);

    /// <summary>Something, one @, a domain; at most 254 characters (RFC 5321). Whether it exists, mail alone can tell.</summary>
    public static IRuleBuilderOptions<T, string?> Email<T>(this IRuleBuilder<T, string?> rule) => rule
        .Text(254)
        .Must(text => text is null || (!text.Any(char.IsWhiteSpace) && System.Net.Mail.MailAddress.TryCreate(text, out var mail) && mail.Address == text))
        .WithMessage(_ => FaceTexts.NotAnEmail);
}
