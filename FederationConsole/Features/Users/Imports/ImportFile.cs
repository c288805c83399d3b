using System.Globalization;
using System.Text;
using CsvHelper;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;

namespace FederationConsole.Features.Users.Imports;

public enum ImportFaultKind
{
    /// <summary>The header names a column that no import knows.</summary>
    UnknownColumn = 1,
    DuplicateColumn = 2,
    /// <summary>No column by which a user could be told: account, phone, email or open_id.</summary>
    NoColumns = 3,
    /// <summary>No line below the header.</summary>
    NoRows = 4,
    /// <summary>More than <see cref="ImportFile.MaxRows"/>.</summary>
    TooManyRows = 5,
    /// <summary>No CSV: a quote that does not end, more cells than columns.</summary>
    Malformed = 6,
    /// <summary>A row without account, phone, email and open_id.</summary>
    Nobody = 7,
    Invalid = 8,
    Missing = 9,
    /// <summary>An earlier row has it: <see cref="ImportFault.Other"/>.</summary>
    TwiceInFile = 10,
    /// <summary>A user has it.</summary>
    Taken = 11,
    /// <summary>No column for an attribute that every user must have.</summary>
    NoColumn = 12,
}

/// <summary>What is wrong with a file. No value: a list of faults stands on shared screens.</summary>
/// <param name="Line">Of the file, counted from 1; 0 for the file as a whole.</param>
/// <param name="Column">As the header names it.</param>
/// <param name="Other">The line that has the same.</param>
/// <param name="Allowed">What an attribute's column may hold, for people.</param>
public sealed record ImportFault(int Line, string Column, ImportFaultKind Kind, int Other = 0, string? Allowed = null);

/// <summary>One user to be made.</summary>
/// <param name="Line">Of the file, counted from 1.</param>
/// <param name="Attributes">Those that the row has a value for.</param>
/// <param name="IsGood">Nothing is wrong in it by itself. One that is not is there for what its other cells share with other rows.</param>
public sealed record ImportRow(int Line, UserFields Fields, VerifiedIdentity? Identity, IReadOnlyList<AttributeChange> Attributes, bool IsGood);

/// <summary>A file of users taken apart: a header and one user a row, columns in any order, all of them optional.</summary>
public static class ImportFile
{
    public const int MaxRows = 100_000;

    /// <summary>In bytes.</summary>
    public const int MaxSize = 10 * 1024 * 1024;

    public const string Account = "account";
    public const string Phone = "phone";
    public const string PhoneZone = "phone_zone";
    public const string Email = "email";
    public const string Nickname = "nickname";
    public const string Gender = "gender";
    public const string Source = "source";
    public const string Issuer = "issuer";
    public const string OpenId = "open_id";

    public static readonly IReadOnlyList<string> Columns = [Account, Phone, PhoneZone, Email, Nickname, Gender, Source, Issuer, OpenId];

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>UTF-8 as it is; else GB18030, in which Excel saves CSV on a Chinese Windows.</summary>
    public static byte[] Decode(byte[] content)
    {
        try
        {
            Strict.GetCharCount(content);
            return content.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? content[3..] : content;
        }
        catch (DecoderFallbackException)
        {
            return Encoding.UTF8.GetBytes(CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetString(content));
        }
    }

    /// <summary>The rows in the file's order; what is wrong goes to <paramref name="faults"/>.</summary>
    /// <param name="utf8">As <see cref="Decode"/> returns it.</param>
    /// <param name="issuerOf">The third party's app that counts where a row names none.</param>
    /// <param name="schema">Each attribute may have a column, as <see cref="AttributeColumn"/> names it; a required one must.</param>
    public static IEnumerable<ImportRow> Read(byte[] utf8, Func<SourceKind, string> issuerOf, IReadOnlyList<AttributeDefinition> schema, ICollection<ImportFault> faults)
    {
        using var csv = CsvReader.Create(utf8, CsvReaderOptions.Default with { TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw });
        if (Header(csv, schema, faults) is not { } columns)
        {
            yield break;
        }

        List<AttributeDefinition> asked = [.. schema.Where(a => columns.Contains(AttributeColumn.Of(a)))];
        var rows = 0;
        while (Next(csv, faults))
        {
            if (++rows > MaxRows)
            {
                faults.Add(new(0, "", ImportFaultKind.TooManyRows));
                yield break;
            }

            var line = (int)csv.LineNumber;
            if (csv.FieldCount > columns.Count)
            {
                faults.Add(new(line, "", ImportFaultKind.Malformed));
            }
            else
            {
                yield return Row(line, name => Cell(csv, columns, name), issuerOf, asked, faults);
            }
        }

        if (rows == 0)
        {
            faults.Add(new(0, "", ImportFaultKind.NoRows));
        }
    }

    private static List<string>? Header(CsvReader csv, IReadOnlyList<AttributeDefinition> schema, ICollection<ImportFault> faults)
    {
        List<string> columns;
        List<string> attributes = [.. schema.Select(AttributeColumn.Of)];
        try
        {
            csv.ReadHeader();
            columns = [.. csv.Headers.Select(name => ColumnNamed(name.Trim(), attributes))];
        }
        catch (CsvFormatException)
        {
            faults.Add(new(1, "", ImportFaultKind.Malformed));
            return null;
        }

        var before = faults.Count;
        foreach (var column in columns.Where(c => !Columns.Contains(c) && !attributes.Contains(c)))
        {
            faults.Add(new(1, column, ImportFaultKind.UnknownColumn));
        }

        foreach (var column in columns.GroupBy(c => c).Where(g => g.Count() > 1))
        {
            faults.Add(new(1, column.Key, ImportFaultKind.DuplicateColumn));
        }

        foreach (var column in schema.Where(a => a.Required).Select(AttributeColumn.Of).Except(columns))
        {
            faults.Add(new(1, column, ImportFaultKind.NoColumn));
        }

        if (faults.Count == before && !columns.Exists(c => c is Account or Phone or Email or OpenId))
        {
            faults.Add(new(1, "", ImportFaultKind.NoColumns));
        }

        return faults.Count == before ? columns : null;
    }

    /// <summary>Attributes are told apart by case, and found in any case where that names one.</summary>
    private static string ColumnNamed(string name, List<string> attributes) => attributes.Contains(name)
        ? name
        : attributes.FindAll(a => string.Equals(a, name, StringComparison.OrdinalIgnoreCase)) is [var one] ? one : name.ToLowerInvariant();

    private static bool Next(CsvReader csv, ICollection<ImportFault> faults)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvFormatException exception)
        {
            // Where a quote is lost nobody knows what belongs to which row: the rest is not looked at.
            faults.Add(new((int)Math.Max(1, exception.LineNumber), "", ImportFaultKind.Malformed));
            return false;
        }
    }

    private static string Cell(CsvReader csv, List<string> columns, string name)
    {
        var index = columns.IndexOf(name);
        var text = index < 0 || index >= csv.FieldCount ? "" : csv.GetString(index).Trim();
        // An export writes it before what a spreadsheet would run, a +86 among them.
        return text.Length > 1 && text[0] == '\'' ? text[1..] : text;
    }

    private static ImportRow Row(
        int line, Func<string, string> cell, Func<SourceKind, string> issuerOf, List<AttributeDefinition> asked, ICollection<ImportFault> faults)
    {
        var gender = cell(Gender) switch
        {
            "" or "0" or "未知" => 0,
            "1" or "男" => 1,
            "2" or "女" => 2,
            _ => -1,
        };
        var (fields, wrong) = UserFields.Read(new(cell(Account), cell(Phone), cell(PhoneZone), cell(Email), cell(Nickname), gender));
        var found = wrong.Select(fault => new ImportFault(line, ColumnOf(fault.Field!), ImportFaultKind.Invalid)).ToList();
        VerifiedIdentity? identity = null;
        if (cell(OpenId).Length > 0 || cell(Source).Length > 0 || cell(Issuer).Length > 0)
        {
            var source = int.TryParse(cell(Source), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
            var issuer = cell(Issuer) is { Length: > 0 } given || IdentityInput.IssuerIsOptional((SourceKind)source) ? cell(Issuer) : issuerOf((SourceKind)source);
            var read = new IdentityInput(source, issuer, cell(OpenId)).Read();
            identity = read.Value;
            if (read.Fault is { } fault)
            {
                found.Add(new(line, ColumnOf(fault.Field!), fault.Kind == FaultKind.Missing ? ImportFaultKind.Missing : ImportFaultKind.Invalid));
            }
        }

        var attributes = Attributes(line, cell, asked, found);
        if (found.Count == 0 && !fields.HasName && identity is null)
        {
            found.Add(new(line, "", ImportFaultKind.Nobody));
        }

        found.ForEach(faults.Add);
        return new(line, fields, identity, attributes, found.Count == 0);
    }

    private static List<AttributeChange> Attributes(int line, Func<string, string> cell, List<AttributeDefinition> asked, List<ImportFault> faults)
    {
        List<AttributeChange> read = [];
        foreach (var attribute in asked)
        {
            var value = AttributeValue.ReadTyped(attribute, cell(AttributeColumn.Of(attribute)));
            if (!value.Ok)
            {
                faults.Add(new(line, AttributeColumn.Of(attribute), ImportFaultKind.Invalid, Allowed: value.Fault.Detail));
            }
            else if (value.Value.Length > 0)
            {
                read.Add(new(attribute, value.Value));
            }
            else if (attribute.Required)
            {
                faults.Add(new(line, AttributeColumn.Of(attribute), ImportFaultKind.Missing));
            }
        }

        return read;
    }

    private static string ColumnOf(string field) => field switch
    {
        nameof(UserInput.AccountName) => Account,
        nameof(UserInput.Phone) => Phone,
        nameof(UserInput.PhoneZone) => PhoneZone,
        nameof(UserInput.Email) => Email,
        nameof(UserInput.Nickname) => Nickname,
        nameof(UserInput.Gender) => Gender,
        nameof(IdentityInput.Source) => Source,
        nameof(IdentityInput.Issuer) => Issuer,
        nameof(IdentityInput.OpenId) => OpenId,
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
    };
}
