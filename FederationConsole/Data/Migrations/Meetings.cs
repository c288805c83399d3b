using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace FederationConsole.Data.Migrations;

/// <summary>Seed 001: meetings with what they consist of, and who registers for them.</summary>
[DbContext(typeof(ConsoleDb))]
[Migration("20261122000012_Meetings")]
internal sealed class Meetings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "Meetings",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                Key = table.Column<string>(maxLength: 64, nullable: false),
                Name = table.Column<string>(maxLength: 100, nullable: false),
                Place = table.Column<string>(maxLength: 200, nullable: false),
                Description = table.Column<string>(maxLength: 4000, nullable: false),
                StartsAt = table.Column<long>(nullable: false),
                EndsAt = table.Column<long>(nullable: false),
                OpensAt = table.Column<long>(nullable: true),
                ClosesAt = table.Column<long>(nullable: true),
                Capacity = table.Column<int>(nullable: true),
                Taken = table.Column<int>(nullable: false),
                CancelledAt = table.Column<long>(nullable: true),
                Messages = table.Column<string>(nullable: false),
                CreatedAt = table.Column<long>(nullable: false),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Meetings", row => row.Id);
                table.ForeignKey("FK_Meetings_Environments_EnvironmentId", row => row.EnvironmentId, "Environments", "Id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex("IX_Meetings_EnvironmentId_StartsAt", "Meetings", ["EnvironmentId", "StartsAt"]);
        migrationBuilder.CreateIndex("IX_Meetings_Key", "Meetings", "Key", unique: true);

        migrationBuilder.CreateTable(
            name: "AttendeeTypes",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                MeetingId = table.Column<long>(nullable: false),
                Key = table.Column<string>(maxLength: 64, nullable: false),
                Name = table.Column<string>(maxLength: 100, nullable: false),
                Position = table.Column<int>(nullable: false),
                InvitationOnly = table.Column<bool>(nullable: false),
                Fields = table.Column<string>(nullable: false),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AttendeeTypes", row => row.Id);
                table.ForeignKey("FK_AttendeeTypes_Meetings_MeetingId", row => row.MeetingId, "Meetings", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_AttendeeTypes_MeetingId_Key", "AttendeeTypes", ["MeetingId", "Key"], unique: true);

        migrationBuilder.CreateTable(
            name: "Tickets",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                MeetingId = table.Column<long>(nullable: false),
                Key = table.Column<string>(maxLength: 64, nullable: false),
                Name = table.Column<string>(maxLength: 100, nullable: false),
                Position = table.Column<int>(nullable: false),
                PriceFen = table.Column<int>(nullable: false),
                Quota = table.Column<int>(nullable: true),
                Taken = table.Column<int>(nullable: false),
                PerOrder = table.Column<int>(nullable: false),
                SaleFrom = table.Column<long>(nullable: true),
                SaleUntil = table.Column<long>(nullable: true),
                AttendeeTypes = table.Column<string>(nullable: false),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Tickets", row => row.Id);
                table.ForeignKey("FK_Tickets_Meetings_MeetingId", row => row.MeetingId, "Meetings", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_Tickets_MeetingId_Key", "Tickets", ["MeetingId", "Key"], unique: true);

        migrationBuilder.CreateTable(
            name: "Agendas",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                MeetingId = table.Column<long>(nullable: false),
                Key = table.Column<string>(maxLength: 64, nullable: false),
                Name = table.Column<string>(maxLength: 100, nullable: false),
                Place = table.Column<string>(maxLength: 200, nullable: false),
                StartsAt = table.Column<long>(nullable: false),
                EndsAt = table.Column<long>(nullable: false),
                Capacity = table.Column<int>(nullable: true),
                Taken = table.Column<int>(nullable: false),
                ParentSku = table.Column<string>(maxLength: 64, nullable: true),
                Overlaps = table.Column<bool>(nullable: false),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Agendas", row => row.Id);
                table.ForeignKey("FK_Agendas_Meetings_MeetingId", row => row.MeetingId, "Meetings", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_Agendas_MeetingId_Key", "Agendas", ["MeetingId", "Key"], unique: true);

        migrationBuilder.CreateTable(
            name: "InvitationCodes",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                MeetingId = table.Column<long>(nullable: false),
                Code = table.Column<string>(maxLength: 64, nullable: false),
                MaxUses = table.Column<int>(nullable: true),
                Uses = table.Column<int>(nullable: false),
                AttendeeTypes = table.Column<string>(nullable: false),
                ExpiresAt = table.Column<long>(nullable: true),
                Note = table.Column<string>(maxLength: 200, nullable: false),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_InvitationCodes", row => row.Id);
                table.ForeignKey("FK_InvitationCodes_Meetings_MeetingId", row => row.MeetingId, "Meetings", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_InvitationCodes_MeetingId_Code", "InvitationCodes", ["MeetingId", "Code"], unique: true);

        migrationBuilder.CreateTable(
            name: "Orders",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                MeetingId = table.Column<long>(nullable: false),
                PublicId = table.Column<Guid>(nullable: false),
                Number = table.Column<string>(maxLength: 19, nullable: false),
                Status = table.Column<int>(nullable: false),
                AmountFen = table.Column<int>(nullable: false),
                Origin = table.Column<int>(nullable: false),
                Purchaser = table.Column<string>(nullable: true),
                Items = table.Column<string>(nullable: false),
                InvitationCodeId = table.Column<long>(nullable: true),
                CreatedAt = table.Column<long>(nullable: false),
                ExpiresAt = table.Column<long>(nullable: true),
                PaidAt = table.Column<long>(nullable: true),
                EndedAt = table.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Orders", row => row.Id);
                table.ForeignKey("FK_Orders_Meetings_MeetingId", row => row.MeetingId, "Meetings", "Id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex("IX_Orders_ExpiresAt", "Orders", "ExpiresAt", filter: "\"Status\" = 1");
        migrationBuilder.CreateIndex("IX_Orders_MeetingId_Id", "Orders", ["MeetingId", "Id"]);
        migrationBuilder.CreateIndex("IX_Orders_Number", "Orders", "Number", unique: true);
        migrationBuilder.CreateIndex("IX_Orders_PublicId", "Orders", "PublicId", unique: true);

        migrationBuilder.CreateTable(
            name: "Attendees",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                MeetingId = table.Column<long>(nullable: false),
                OrderId = table.Column<long>(nullable: false),
                PublicId = table.Column<Guid>(nullable: false),
                Type = table.Column<string>(maxLength: 64, nullable: false),
                Name = table.Column<string>(maxLength: 200, nullable: false),
                Mobile = table.Column<string>(maxLength: 20, nullable: true),
                Email = table.Column<string>(maxLength: 254, nullable: true),
                HeldMobile = table.Column<string>(maxLength: 20, nullable: true),
                HeldEmail = table.Column<string>(maxLength: 254, nullable: true),
                Fields = table.Column<string>(nullable: false),
                Agendas = table.Column<string>(nullable: false),
                UserId = table.Column<long>(nullable: true),
                CheckinCode = table.Column<string>(maxLength: 19, nullable: false),
                CheckedInAt = table.Column<long>(nullable: true),
                CheckedInBy = table.Column<string>(maxLength: 128, nullable: true),
                EndedAt = table.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Attendees", row => row.Id);
                table.ForeignKey("FK_Attendees_Meetings_MeetingId", row => row.MeetingId, "Meetings", "Id", onDelete: ReferentialAction.Restrict);
                table.ForeignKey("FK_Attendees_Orders_OrderId", row => row.OrderId, "Orders", "Id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("FK_Attendees_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.SetNull);
            });
        migrationBuilder.CreateIndex("IX_Attendees_CheckinCode", "Attendees", "CheckinCode", unique: true);
        migrationBuilder.CreateIndex("IX_Attendees_EnvironmentId_Mobile", "Attendees", ["EnvironmentId", "Mobile"]);
        migrationBuilder.CreateIndex("IX_Attendees_MeetingId_HeldEmail", "Attendees", ["MeetingId", "HeldEmail"], unique: true, filter: "\"HeldEmail\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_Attendees_MeetingId_HeldMobile", "Attendees", ["MeetingId", "HeldMobile"], unique: true, filter: "\"HeldMobile\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_Attendees_MeetingId_Id", "Attendees", ["MeetingId", "Id"]);
        migrationBuilder.CreateIndex("IX_Attendees_OrderId", "Attendees", "OrderId");
        migrationBuilder.CreateIndex("IX_Attendees_PublicId", "Attendees", "PublicId", unique: true);
        migrationBuilder.CreateIndex("IX_Attendees_UserId", "Attendees", "UserId", filter: "\"UserId\" IS NOT NULL");

        migrationBuilder.CreateTable(
            name: "RegisterKeys",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                MeetingId = table.Column<long>(nullable: false),
                Hash = table.Column<byte[]>(nullable: false),
                Request = table.Column<byte[]>(nullable: false),
                OrderId = table.Column<long>(nullable: false),
                ExpiresAt = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_RegisterKeys", row => row.Id);
                table.ForeignKey("FK_RegisterKeys_Orders_OrderId", row => row.OrderId, "Orders", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_RegisterKeys_ExpiresAt", "RegisterKeys", "ExpiresAt");
        migrationBuilder.CreateIndex("IX_RegisterKeys_MeetingId_Hash", "RegisterKeys", ["MeetingId", "Hash"], unique: true);
        migrationBuilder.CreateIndex("IX_RegisterKeys_OrderId", "RegisterKeys", "OrderId");

        migrationBuilder.CreateTable(
            name: "AttendeeNotices",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                MeetingId = table.Column<long>(nullable: false),
                AttendeeId = table.Column<long>(nullable: false),
                Kind = table.Column<int>(nullable: false),
                DueAt = table.Column<long>(nullable: true),
                SentAt = table.Column<long>(nullable: true),
                Tries = table.Column<int>(nullable: false),
                LastError = table.Column<string>(maxLength: 500, nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AttendeeNotices", row => row.Id);
                table.ForeignKey("FK_AttendeeNotices_Attendees_AttendeeId", row => row.AttendeeId, "Attendees", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_AttendeeNotices_AttendeeId_Kind", "AttendeeNotices", ["AttendeeId", "Kind"], unique: true);
        migrationBuilder.CreateIndex("IX_AttendeeNotices_DueAt", "AttendeeNotices", "DueAt", filter: "\"DueAt\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_AttendeeNotices_MeetingId_Id", "AttendeeNotices", ["MeetingId", "Id"]);
    }
}
