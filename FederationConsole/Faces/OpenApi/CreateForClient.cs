using System.ComponentModel;
using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.AppTokens;
using FederationConsole.Features.JointLogin;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.OpenApi;

/// <summary>Seed 000, createForClient. An empty text counts as left out.</summary>
/// <param name="Mobile">A number of China, or a whole one behind <c>+</c> and its country code.</param>
/// <param name="Source">EnumAccountSourceType.</param>
/// <param name="Gender">EnumGenderType: 0, 1 male, 2 female.</param>
/// <param name="Birthday">A date, or a date-time; one with an offset is read by the clock of China.</param>
/// <param name="IdType">0, or a power of two up to 16384.</param>
public sealed record CreateForClientRequest(
    string? AccountName, string? Email, string? Mobile, string? FullName, string? FirstName, string? MiddleName, string? LastName, string? Nickname,
    string? JobNumber, string? Password, [property: Description("EnumAccountSourceType: 0-Unknow; 1-UserRegister_Bvent; 2-UserRegister_LiteBvent; 3-UserRegister_Expo; 4-Planner_Add; 5-Exhibitor_Add; 6-Purchaser_Add; 7-OM_Add; 8-LiteRegistOrg; 9-OpenApiRegistOrg")] int? Source,
    [property: Description("EnumGenderType: 0-Unknow; 1-Male; 2-Female")] int? Gender,
    string? IdImage, string? Language, string? Department, [property: Description("date-time")] string? Birthday, string? Prefix,
    string? ProfileImage, string? Company, string? Country, string? EnglishName, string? Position,
    [property: Description("证件类型: 0,1,2,4,8,16,32,64,128,256,512,1024,2048,4096,8192,16384")] int? IdType, [property: Description("证件号码")] string? IdNumber,
    bool? IsMobileActivated, bool? IsEmailActivated);

/// <summary>The seed's answer.</summary>
public sealed record AccountReply(bool IsSuccess, [property: Description("EnumSystemCode: 1000-成功; 1001-内部错误; 1002-程序出错; 1003-服务器通信错误; 1004-服务器通信超时")] int SysCode, string SysMessage, int BusinessCode, string BusinessMessage, AccountReturn? ReturnObj, PagerReply? Pager);

/// <param name="Mobile">National in China, else E.164.</param>
/// <param name="CreateStatus">0 done, -1 with <paramref name="ErrorMessage"/>.</param>
public sealed record AccountReturn(string? AccountId, string? Mobile, string? Email, string? AccountName, bool IsNewCreated,
    [property: Description("CreateAccountStatus: 0-Success;-1-Error")] int CreateStatus, string ErrorMessage);

public sealed record PagerReply(long PageIndex, long PageSize, long Skip, long TotalCount, long TotalPage)
{
    /// <summary>Of an answer about one.</summary>
    public static readonly PagerReply One = new(1, 1, 0, 1, 1);
}

public sealed class CreateForClientRequestValidator : AbstractValidator<CreateForClientRequest>
{
    public const int MaxText = 500;
    private const int MaxSource = 9;
    private const int MaxIdType = 16384;

    public CreateForClientRequestValidator()
    {
        Texts(64, r => r.AccountName, r => r.Nickname);
        Texts(MaxText, r => r.FullName, r => r.FirstName, r => r.MiddleName, r => r.LastName, r => r.JobNumber, r => r.Language, r => r.Department,
            r => r.Prefix, r => r.Company, r => r.Country, r => r.EnglishName, r => r.Position, r => r.IdNumber);
        Texts(1024, r => r.Password);
        Named(r => r.Email, email => email.Must(text => Blank(text) || EmailAddress.Parse(text) is not null).WithMessage(_ => FaceTexts.NotAnEmail));
        Named(r => r.Mobile, mobile => mobile.Must(text => Blank(text) || PhoneNumber.ParseWhole(text) is not null).WithMessage(_ => OpenApiTexts.Get("NotAMobile")));
        Named(r => r.ProfileImage, image => image.Text(1024).Must(IsAddress).WithMessage(_ => FaceTexts.NotAnAddress));
        Named(r => r.IdImage, image => image.Text(1024).Must(IsAddress).WithMessage(_ => FaceTexts.NotAnAddress));
        Named(r => r.Birthday, birthday => birthday.Must(text => Blank(text) || Birthdays.Parse(text!) is not null).WithMessage(_ => OpenApiTexts.Get("NotADate")));
        Named(r => r.Source, source => source.Must(value => value is null or (>= 0 and <= MaxSource)).WithMessage(_ => OpenApiTexts.Get("NotASource")));
        Named(r => r.Gender, gender => gender.Must(value => value is null or 0 or 1 or 2).WithMessage(_ => OpenApiTexts.Get("NotAGender")));
        Named(r => r.IdType, type => type.Must(value => value is null or 0 || (value is > 0 and <= MaxIdType && int.IsPow2(value.Value))).WithMessage(_ => OpenApiTexts.Get("NotAnIdType")));
    }

    internal static bool Blank(string? text) => string.IsNullOrWhiteSpace(text);

    private static bool IsAddress(string? text) => Blank(text) || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https");

    private void Texts(int max, params ReadOnlySpan<Expression<Func<CreateForClientRequest, string?>>> fields)
    {
        foreach (var field in fields)
        {
            Named(field, rule => rule.Text(max));
        }
    }

    /// <summary>Messages name the field as the wire does.</summary>
    private void Named<T>(Expression<Func<CreateForClientRequest, T>> field, Func<IRuleBuilderInitial<CreateForClientRequest, T>, IRuleBuilderOptions<CreateForClientRequest, T>> rule)
    {
        var name = JsonNamingPolicy.CamelCase.ConvertName(((MemberExpression)field.Body).Member.Name);
        rule(RuleFor(field)).OverridePropertyName(name).WithName(name);
    }
}

/// <summary>The seed's <c>date-time</c>, and what senders write for it.</summary>
internal static class Birthdays
{
    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy/MM/dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF"];
    private static readonly string[] OffsetForms = ["yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    public static DateOnly? Parse(string text) =>
        DateTime.TryParseExact(text.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? DateOnly.FromDateTime(local)
        : DateTimeOffset.TryParseExact(text.Trim(), OffsetForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? DateOnly.FromDateTime(instant.ToOffset(TimeSpan.FromHours(8)).DateTime)
        : null;
}

/// <summary><c>POST /op/userresource/AccountUser/v1/createForClient</c>: C端账号创建.</summary>
internal sealed class CreateForClient(AppTokenService tokens, AccountCreation accounts)
    : BearerHandler<CreateForClientRequest, AccountReply>(tokens, new CreateForClientRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("C端账号创建", "Create an account")
    {
        Seed = "000, 2.2",
        Text = "调用这个接口,当用户存在则会返回AccountId,当用户不存在则会创建用户并返回AccountId,用户的AccountId是后续一系列操作的凭据之一。\n\n" +
            "作为用户的登录凭据,这个接口的acocountName、email、mobile,三者至少需要写入一种,三者不能重复。acocountName必须以字母开头。",
        Faults = [FaultKind.Taken, new(FaultKind.Invalid, FirstLetter), FaultKind.WayNotOffered, FaultKind.UserDisabled],
        Reply = """
            {"isSuccess":true,"sysCode":1000,"sysMessage":"成功","businessCode":0,"businessMessage":"",
             "returnObj":{"accountId":"0199a3c2-0000-7000-8000-000000000001","mobile":"13838383388","email":null,"accountName":"ming","isNewCreated":true,"createStatus":0,"errorMessage":""},
             "pager":{"pageIndex":1,"pageSize":1,"skip":0,"totalCount":1,"totalPage":1}}
            """,
        Demo =
        [
            new()
            {
                Body = """{"accountName":"ming{{run}}","mobile":"138{{run}}","fullName":"李明","company":"示例公司","gender":1,"source":9}""",
                Captures = [new("account_id", "returnObj.accountId")],
            },
        ],
    };

    /// <summary>The fault that has a code of its own (faces.md, 3): an account name that does not begin with a letter.</summary>
    internal const string FirstLetter = AccountCreation.AccountNameField + "[0]";

    protected override async Task<Outcome<AccountReply>> HandleAsync(CreateForClientRequest request, AppEntry app, FaceCall call)
    {
        var (account, phone, email) = (Text(request.AccountName), PhoneNumber.ParseWhole(request.Mobile), EmailAddress.Parse(request.Email));
        if (account is not null && !char.IsAsciiLetter(account[0]))
        {
            return new Fault(FaultKind.Invalid, FirstLetter);
        }

        if (account is not null && !account.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-'))
        {
            return new Fault(FaultKind.Invalid, AccountCreation.AccountNameField, OpenApiTexts.Get("NotAnAccountName"));
        }

        if (account is null && phone is null && email is null)
        {
            return new Fault(FaultKind.Missing, null, OpenApiTexts.Get("OneOfThree"));
        }

        var details = Details(request);
        var made = await accounts.CreateAsync(
            app,
            new(account, phone, email, Text(request.Nickname), Text(request.ProfileImage), request.Gender ?? 0, string.IsNullOrEmpty(request.Password) ? null : request.Password,
                request.Source ?? 0, request.IsMobileActivated == true, request.IsEmailActivated == true, details),
            Bearer.ActorOf(app, call), call.Cancellation);
        return made.Ok ? Reply(made.Value) : made.Fault.Kind == FaultKind.Taken ? made.Fault with { Field = OnWire(made.Fault.Field!) } : made.Fault;
    }

    private static AccountReply Reply(CreatedAccount made)
    {
        var user = made.User;
        return new(true, OpenApiFace.SystemDone, OpenApiTexts.System(OpenApiFace.SystemDone), 0, "",
            new(user.AccountId.ToString(), user.PhoneZone == PhoneNumber.DefaultZone ? user.NationalPhone : user.Phone, user.Email, user.AccountName, made.IsNew, 0, ""),
            PagerReply.One);
    }

    /// <summary>Every field that is no property of a user, by the identifier of the attribute library; none empty.</summary>
    private static Dictionary<string, string> Details(CreateForClientRequest r) => new (string Field, string? Text)[]
    {
        (nameof(r.FullName), r.FullName), (nameof(r.FirstName), r.FirstName), (nameof(r.MiddleName), r.MiddleName), (nameof(r.LastName), r.LastName),
        (nameof(r.JobNumber), r.JobNumber), (nameof(r.IdImage), r.IdImage), (nameof(r.Language), r.Language), (nameof(r.Department), r.Department),
        (nameof(r.Birthday), r.Birthday is { Length: > 0 } birthday ? Birthdays.Parse(birthday)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null),
        (nameof(r.Prefix), r.Prefix), (nameof(r.Company), r.Company), (nameof(r.Country), r.Country), (nameof(r.EnglishName), r.EnglishName),
        (nameof(r.Position), r.Position), (nameof(r.IdType), r.IdType?.ToString(CultureInfo.InvariantCulture)), (nameof(r.IdNumber), r.IdNumber),
    }
    .Where(detail => !CreateForClientRequestValidator.Blank(detail.Text))
    .ToDictionary(detail => JsonNamingPolicy.SnakeCaseLower.ConvertName(detail.Field), detail => detail.Text!.Trim());

    /// <summary>An attribute's identifier as the request names it; names of the request stay.</summary>
    private static string OnWire(string field) => string.Concat(field.Split('_').Select((part, i) => i == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
