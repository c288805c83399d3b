using FederationConsole.Features.Attributes;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Messages;
using FederationConsole.Features.Projects;
using FederationConsole.Features.QrLogin;
using FederationConsole.Features.Sources;
using FederationConsole.Features.VendorAccounts;
using FederationConsole.Platform;
using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>The project file as a table: every key with its type, form and purpose. KEYS.md beside it is written from here.</summary>
public sealed class ProjectFileShape
{
    private static readonly TextShape AppKey = Texts.Token(8, 64);
    // What the console takes, no more and no less: an export must read back, and an import must be editable.
    private static readonly TextShape ShortName = Texts.Line(Codes.MaxName);
    private static readonly TextShape Code = Texts.Code(Codes.MaxCode) with { Min = 2 };
    private static readonly TextShape Redirect = new(nameof(Texts.Url), 1, Addresses.MaxLength, Addresses.IsRedirect);
    private static readonly TextShape Origin = new(nameof(Texts.Origin), 1, Addresses.MaxLength, Addresses.IsOrigin);
    private static readonly TextShape Asked = Texts.Url.Or("UrlOrPath", SourceRules.IsOwn);
    private static readonly TextShape AskedBase = Texts.UrlBase.Or("UrlBaseOrPath", path => SourceRules.IsOwn(path) && !path.Contains('?', StringComparison.Ordinal));
    private static readonly TextShape TenantText = Texts.Line(TenantCard.MaxText, min: 0);

    /// <summary>Third parties by number (seed 002, 5.1.1), each with what its protocol asks for.</summary>
    private static readonly Dictionary<int, Field[]> Sources = new()
    {
        [4] = [.. OAuthApp, Mode],
        [5] = [.. OAuthApp, Mode, RedirectUri],
        [6] = [.. OAuthApp, Mode, RedirectUri],
        [7] = OAuthApp,
        [8] = OAuthApp,
        [9] =
        [
            new("appId", Texts.Line(64), "Alipay's app_id.", Required: true),
            new("alipayPublicKey", Texts.Line(2048), "Alipay's RSA key as its console shows it (base64, without PEM's lines); must have signed every yes.", Required: true),
            new("privateKey", new SecretShape(8192), "Our RSA key in PEM or bare base64, which signs every question (RSA2).", Required: true),
            ApiBase,
        ],
        [10] =
        [
            new("url", Asked, "The customer's own user-info address, asked with a signed GET.", Required: true),
            new("token", new SecretShape(), "Shared with the customer; signs the question.", Required: true),
            new("userInfoUrl", Asked, "Asked again for phone and e-mail; null: url.", Nullable: true),
        ],
        [12] =
        [
            PluginId,
            new("clientId", Texts.Line(128), "Bundle id of a native app, Services ID of a web page.", Required: true),
            new("teamId", Texts.Line(32), "Issuer of the client secret.", Required: true),
            new("keyId", Texts.Line(32), "Of the private key.", Required: true),
            new("privateKey", new SecretShape(8192), "Apple's .p8 in PEM (ES256).", Required: true),
            RedirectUri,
            ApiBase,
        ],
        [13] =
        [
            PluginId,
            new("clientId", Texts.Line(200), "The web client's id, also for mobile apps.", Required: true),
            new("clientSecret", new SecretShape(), "The web client's secret.", Required: true),
            RedirectUri,
            ApiBase,
        ],
    };

    public ProjectFileShape(AttributeLibrary library) => Root = new(new Field(
        "projects",
        new ListShape(Project(library)) { Identity = [["code"]] },
        "Created or updated by their code; projects that are not named are left alone.",
        Required: true));

    public ObjectShape Root { get; }

    /// <summary>What holds between places of the file.</summary>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        new UniqueRule("$.projects[*].environments.*.corpId"),
        new UniqueRule("$.projects[*].apps[*].credentials.*.appKey"),
        new UniqueRule("$.projects[{p}].environments.{e}.attributes[*].(library|id)") { IgnoreCase = true },
        new UniqueRule("$.projects[*].environments.*.meetings[*].id"),
        new VendorNames(),
        new ReferenceRule("$.projects[{p}].environments.{e}.sources[*].pluginId", "$.projects[{p}].apps[*].credentials.{e}.appKey"),
        .. MeetingRules.Between("$.projects[{p}].environments.{e}.meetings[{m}]"),
    ];

    private static Field[] OAuthApp =>
    [
        new("appId", Texts.Line(64), "The third party's id of our app; it must have issued the token to this one.", Required: true),
        new("appSecret", new SecretShape(), "The third party's secret of our app.", Required: true),
        ApiBase,
    ];

    private static Field ApiBase => new("apiBase", AskedBase, "Where the third party is asked instead of its own address: a sandbox, a proxy.", Nullable: true);

    private static Field Mode => new(SourceRules.Mode, new ChoiceShape([SourceRules.TokenMode, SourceRules.CodeMode]), "What clients send as access_token: a token of the third party (null), or a code that we exchange with appSecret.", Nullable: true);

    private static Field RedirectUri => new("redirectUri", Texts.Line(2048), "What the code was asked for with, to the letter (Google's pop-up: postmessage); null: none.", Nullable: true);

    private static Field PluginId => new("pluginId", AppKey, "App key of the app that signs in with it; once for each app.", Required: true);

    private static ObjectShape Both(ObjectLike shape, string says, bool nullable = false) => new(
        new Field("development", shape, says, Nullable: nullable),
        new Field("production", shape, says, Nullable: nullable));

    private static ObjectShape Project(AttributeLibrary library) => new(
        new("code", Code, "Identifies the project; never changes.", Required: true),
        new("name", ShortName, "What people read.", Required: true),
        new("description", Texts.Line(500, min: 0), "For administrators."),
        new("tenant", new ObjectShape(
            new("customerId", TenantText, "customer_id; empty: the project's id."),
            new("customerName", TenantText, "customer_name; empty: the project's name."),
            new("addressType", new ChoiceShape([.. QrRules.AddressTypes]), "address_type; erp if left out."),
            new("erpVersions", TenantText, "erp_ver; several are separated by commas.")), "What the user info of a QR login (seed 004) says of the project."),
        new("environments", Both(Environment(library), "Set up by itself."), "Every project has both; keys of one that is not named are generated."),
        new("apps", new ListShape(App) { Identity = [["code"]] }, "Created or updated by their code."));

    private static ObjectShape Environment(AttributeLibrary library) => new(
        new("corpId", Texts.LowerToken(8, 32), "corp_id of the IoT face; the product makes 16 hexadecimal digits."),
        new("hosts", new ObjectShape(
            new("oauth", Texts.UrlBase, "Seed 000's Oauth host; null: this host.", Nullable: true),
            new("openApi", Texts.UrlBase, "Seed 000's OpenAPI host; null: this host.", Nullable: true),
            new("conf", Texts.UrlBase, "Seed 000's Conf host; null: this host.", Nullable: true)), "Names that links are made with."),
        new("sms", Provider(MessageChannel.Sms), "Who sends text messages."),
        new("mail", Provider(MessageChannel.Mail), "Who sends mails."),
        new("policies", PolicyShape, "Limits that promotion carries to production."),
        new("returnUrls", new ListShape(Texts.UrlBase with { Fits = ReturnUrls.IsBase }, ReturnUrls.Max) { Whole = true }, "autoLogin returns under these: scheme, host, port exact, path a prefix at a '/'."),
        new("sources", new ListShape(new VariantShape(
            new("source", new NumberChoiceShape([.. Sources.Keys]), "Number of the third party.", Required: true),
            Sources.ToDictionary(
                s => s.Key.ToString(System.Globalization.CultureInfo.InvariantCulture),
                s => new ObjectShape([new("enabled", new FlagShape(), "Whether people can sign in with it; a new one cannot until this says so."), .. s.Value])))) { Identity = [["source", "pluginId"]] }, "免验证登录."),
        new("attributes", new ListShape(new EitherShape(
            "library",
            new ObjectShape(new("library", new ChoiceShape([.. library.All.Select(a => a.Id)]), "Id of an attribute of seeds/attributes.json.", Required: true), AttributeShapes.Description),
            AttributeShapes.Custom(library)), AttributeSchema.MaxAttributes) { Identity = [["library"], ["id"]] }, "The schema; production's is what promotion last published."),
        new("webhooks", new ListShape(new ObjectShape(
            new("url", Texts.Url, "Receiver.", Required: true),
            new("secret", new SecretShape(), "Signs every delivery; a new receiver's is generated if left out, and the console can make another to see it."),
            new("enabled", new FlagShape(), "Whether it is told; a new one is, unless this says no."),
            new("events", new ListShape(Texts.Events, 100) { Whole = true, Min = 1 }, "What it is told; everything if left out.")), 20) { Identity = [["url"]] }, "Receivers of events."),
        new("meetings", new ListShape(MeetingShapes.Whole) { Identity = [["id"], ["name"]] }, "会议."));

    private static ObjectShape PolicyShape => new([.. PolicyRules.Fields.Select(policy => new Field(
        policy.Name,
        policy switch
        {
            PolicyNumber number => new NumberShape(number.Min, number.Max),
            PolicySources => new ListShape(new NumberChoiceShape([.. Sources.Keys]), 20) { Whole = true },
            _ => new FlagShape(),
        },
        policy.Says))]) { InOrder = PolicyRules.InOrder };

    /// <summary>By the forms of the feature: a provider added there and not worded here stops the start.</summary>
    private static VariantShape Provider(MessageChannel channel)
    {
        var fields = new Dictionary<string, Field>
        {
            ["url"] = Plain("url", "Where each message is posted."),
            ["token"] = new("token", new SecretShape(), "Signs what is posted.", Required: true),
            ["accessKeyId"] = Plain("accessKeyId", "Of an Alibaba Cloud RAM user that may send text messages."),
            ["accessKeySecret"] = new("accessKeySecret", new SecretShape(), "Goes with accessKeyId.", Required: true),
            ["signName"] = Plain("signName", "短信签名, as approved."),
            ["templateCode"] = Plain("templateCode", "短信模板, as approved, with the variable code."),
            [AliyunSender.NoticeTemplate] = Plain(AliyunSender.NoticeTemplate, "短信模板 of notices, with the variables that their texts name; without it none are sent by text message."),
            ["apiBase"] = Plain("apiBase", "Where Alibaba Cloud is asked instead of dysmsapi.aliyuncs.com: a sandbox, a proxy."),
            ["host"] = Plain("host", "Mail server."),
            ["port"] = new("port", new NumberShape(1, 65_535), "587 if left out."),
            ["security"] = new("security", ChoiceShape.Of<SmtpSecurity>(), "start-tls if left out."),
            ["userName"] = Plain("userName", "Without it the server is not signed in to."),
            ["password"] = new("password", new SecretShape(), "Goes with userName."),
            ["from"] = Plain("from", "Sender."),
            ["subject"] = Plain("subject", "Of the mail."),
            ["text"] = Plain("text", "What is sent; Alibaba Cloud sends its template's instead."),
        };
        var words = MessageRules.Of(channel).ToDictionary(p => StrictJsonReader.Words.ConvertName(p.ToString()), p => Shape(MessageRules.Forms[p]));
        return new(new("provider", new ChoiceShape([.. words.Keys]), "inbox keeps messages for the console and sends them to nobody.", Required: true), words);

        ObjectShape Shape(MessageForm form) => new(
        [
            .. form.Settings.Concat(form.Secrets).Select(name => fields[name] with { Required = true }),
            .. form.Optional.Concat(form.OptionalSecrets).Concat(MessageRules.TextsOf(channel)).Select(name => fields[name] with { Required = false }),
        ]);

        static Field Plain(string name, string says) => new(name, MessageRules.Field(name), says);
    }

    private static ObjectShape App => new(
        new("code", Code, "Identifies the app in its project; never changes.", Required: true),
        new("name", ShortName, "What people read.", Required: true),
        new("serviceEnabled", new FlagShape(), "开启服务: true cannot be undone: false is refused on an app that is enabled."),
        new("credentials", Both(new ObjectShape(
            new("appKey", AppKey, "The one identifier of every face; generated if left out, and never changes."),
            new("appSecret", new SecretShape(Tokens.MaxLength) { Min = 16 }, "Kept as a hash; a new app's is generated and shown once if left out."),
            new("redirectUris", new ListShape(Redirect, Addresses.Max) { Whole = true }, "Compared whole (RFC 9700 2.1)."),
            new("origins", new ListShape(Origin, Addresses.Max) { Whole = true }, "Pages that may embed the QR code.")), "One pair of key and secret."), "Keys of both environments."),
        new("vendorAccount", Both(
            new ObjectShape(
                new("enabled", new FlagShape(), "Whether people can sign in with it; a new one is, unless this says no."),
                new("tokenUrl", Asked, "访问/刷新 URL.", Required: true),
                new("userInfoUrl", Asked, "Getuserinfo URL.", Required: true),
                new("tokenMethod", ChoiceShape.Of<TokenMethod>(), "How tokenUrl is asked; post if left out."),
                new("clientId", Texts.Line(VendorRules.MaxClientId), "appKey that the vendor gave us.", Required: true),
                new("clientSecret", new SecretShape(), "appSecret that the vendor gave us.", Required: true),
                new("mobileVerified", new FlagShape(), "Whether a mobile of the vendor's user info counts as verified; false."),
                new("fields", new ObjectShape([.. VendorField.All.Select(f => new Field(f, Texts.Word(VendorRules.MaxFieldName), "The vendor's name for it."))]), "Parameter and field names; those left out are seed 003's.")),
            "null: none.",
            nullable: true), "自有账号对接, set in each environment."),
        new("qrLogin", Both(
            new ObjectShape(
                new("numberMatching", new FlagShape(), "Whether the phone must pick the number that the page shows; true."),
                new("refreshes", new NumberShape(QrRules.MinRefreshes, QrRules.MaxRefreshes), "How often a page that is left open renews its code by itself; 2.")),
            "Of one environment."), "扫码登录: each environment has its own, which promotion leaves alone."));
}
